import { z } from 'zod';
import { budgetSchema } from './budgets.js';
import { capacitySchema } from './capacity.js';
import { positiveDuration } from './duration.js';
import { name } from './fields.js';
import { gatewayKeySchema } from './gatewayKeys.js';
import { objectiveSchema } from './objectives.js';
import { priceSchema } from './prices.js';
import { receiverSchema, secretSchema } from './receivers.js';
import { routingSchema } from './routing.js';
import { tlsSchema } from './tls.js';
import { thresholdsSchema } from './thresholdKinds.js';

/** Labels that the metrics or Prometheus already use. */
const RESERVED_LABELS = new Set([
  'provider', 'model', 'status', 'operation', 'token_type', 'detail', 'reason', 'error_type', 'http_status',
  'finish_reason', 'kind', 'budget', 'period', 'slo', 'label', 'le', 'job', 'instance', 'severity', 'alertname',
  'outcome', 'latency_band', 'ttft_band',
]); // prettier-ignore

const labelName = name.refine(
  (label) => !RESERVED_LABELS.has(label),
  'this label is taken by the metrics themselves; use another name',
);

export const httpUrl = z.url({ protocol: /^https?$/, error: 'an http:// or https:// URL is allowed' });

const traceUrl = httpUrl.refine(
  (url) => url.includes('{trace_id}'),
  'write {trace_id} where the id of the trace goes, such as https://tracing.example.com/trace/{trace_id}',
);

/** What promptmeter.yaml may say. Everything is optional; unknown keys are mistakes. */
export const fileSchema = z.strictObject({
  attribution: z.strictObject({ labels: z.array(labelName).max(8).optional() }).optional(),
  limits: z
    .strictObject({
      models: z.int().min(1).max(10_000).optional(),
      labelValues: z.int().min(1).max(10_000).optional(),
    })
    .optional(),
  reporters: z
    .array(z.enum(['console', 'prometheus']))
    .min(1)
    .optional(),
  gateway: z
    .strictObject({
      usageInStreams: z.boolean().optional(),
      estimateUsage: z.boolean().optional(),
      timeout: positiveDuration.optional(),
      workers: z.int().min(1).max(64).optional(),
      maxBodyMegabytes: z.number().gt(0).max(1024).optional(),
      maxConnections: z.int().min(1).max(1_000_000).optional(),
      /** The names are checked in upstreams.ts, so that a bad name doesn't hide what is wrong beneath it. */
      upstreams: z.record(z.string(), z.strictObject({ baseUrl: httpUrl, apiKey: secretSchema.optional() })).optional(),
      /** Of the default upstream. */
      apiKey: secretSchema.optional(),
      keys: z.array(gatewayKeySchema).max(1000).optional(),
      tls: tlsSchema.optional(),
    })
    .optional(),
  exporter: z.strictObject({ tls: tlsSchema.optional() }).optional(),
  prices: z.record(z.string(), priceSchema).optional(),
  thresholds: thresholdsSchema.optional(),
  budgets: z.array(budgetSchema).optional(),
  slos: z.array(objectiveSchema).optional(),
  capacity: capacitySchema.optional(),
  receivers: z.array(receiverSchema).max(50).optional(),
  routing: routingSchema.optional(),
  outcomes: z
    .array(name)
    .min(1)
    .max(20)
    .refine((names) => new Set(names).size === names.length, 'each outcome once is allowed')
    .optional(),
  links: z
    .strictObject({ grafana: httpUrl.optional(), runbooks: httpUrl.optional(), traces: traceUrl.optional() })
    .optional(),
  prometheus: z
    .strictObject({ scrapeInterval: positiveDuration.optional(), evaluationInterval: positiveDuration.optional() })
    .optional(),
});

export type ConfigFile = z.infer<typeof fileSchema>;
