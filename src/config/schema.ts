import { z } from 'zod';
import { durationSchema } from './duration.js';

/** A label or rule name as Prometheus allows it. */
const labelName = z
  .string()
  .regex(/^[a-z][a-z0-9_]*$/, 'a name of small letters, digits and _ that starts with a letter is allowed')
  .refine((name) => !RESERVED_LABELS.has(name), 'this label is taken by the metrics themselves; use another name');

const RESERVED_LABELS = new Set([
  'provider', 'model', 'status', 'operation', 'token_type', 'detail', 'reason', 'error_type', 'http_status',
  'finish_reason', 'kind', 'budget', 'period', 'slo', 'label', 'le', 'job', 'instance', 'severity', 'alertname',
]); // prettier-ignore

const upstreamName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'up to 40 small letters, digits and - are allowed')
  .refine((name) => name !== 'v1', 'v1 is the path of the default upstream; use another name');

const baseUrl = z.url({ protocol: /^https?$/, error: 'an http:// or https:// URL is allowed' });

/** When a threshold of one severity is null, there is no alert of that severity. */
const threshold = (bound: z.ZodNumber | z.ZodString) =>
  z.strictObject({
    warning: bound.nullable().optional(),
    critical: bound.nullable().optional(),
    /** Over how much of the past the value is taken. */
    window: durationSchema.optional(),
    /** For how long the value must stay beyond the threshold. */
    for: durationSchema.optional(),
    /** Calls in the window below which the alert keeps silent: one error in ten calls must not page. */
    minimumRequests: z.int().min(0).max(1_000_000).optional(),
  });

const ratio = z.number().gt(0, 'a ratio above 0 is allowed').lt(1, 'a ratio below 1 is allowed');
const usd = z.number().gt(0, 'an amount above 0 is allowed');

const thresholdSet = z.strictObject({
  latencyP95: threshold(durationSchema).optional(),
  firstTokenP95: threshold(durationSchema).optional(),
  errorRatio: threshold(ratio).optional(),
  costPerHour: threshold(usd).optional(),
});

const price = z.strictObject({
  /** US dollars per million tokens. */
  input: z.number().min(0),
  cachedInput: z.number().min(0).optional(),
  output: z.number().min(0),
});

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
      timeout: durationSchema.optional(),
      maxBodyMegabytes: z.number().gt(0).max(1024).optional(),
      upstreams: z.record(upstreamName, z.strictObject({ baseUrl })).optional(),
    })
    .optional(),
  prices: z.record(z.string().min(1), price).optional(),
  thresholds: z
    .strictObject({
      defaults: thresholdSet.optional(),
      models: z.record(z.string().min(1), thresholdSet).optional(),
    })
    .optional(),
  budgets: z.array(z.strictObject({ name: labelName, usd, period: z.enum(['daily', 'weekly', 'monthly']) })).optional(),
  slos: z.array(z.strictObject({ name: labelName, objective: ratio })).optional(),
  links: z.strictObject({ grafana: baseUrl.optional(), runbooks: baseUrl.optional() }).optional(),
  prometheus: z
    .strictObject({ scrapeInterval: durationSchema.optional(), evaluationInterval: durationSchema.optional() })
    .optional(),
});

export type ConfigFile = z.infer<typeof fileSchema>;
