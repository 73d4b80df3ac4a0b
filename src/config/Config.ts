import type { z } from 'zod';
import type { Budget } from './budgets.js';
import type { Capacity } from './capacity.js';
import type { Slo } from './objectives.js';
import type { GatewayKey } from './gatewayKeys.js';
import type { Receiver, Secret } from './receivers.js';
import type { Routing } from './routing.js';
import type { fileSchema } from './schema.js';
import type { ThresholdKind } from './thresholdKinds.js';
import type { TlsFiles } from './tls.js';
import type { SomeThresholds, Threshold, Thresholds, ThresholdSet } from './thresholds.js';

type File = z.infer<typeof fileSchema>;

export type Severity = 'warning' | 'critical';
export { THRESHOLD_KINDS } from './thresholdKinds.js';

/** What a model costs, as far as the file says: a price that it doesn't name is not known, and not 0. */
export type Price = Readonly<NonNullable<File['prices']>[string]>;

export interface Upstream {
  readonly name: string;
  readonly baseUrl: string;
  /** Where its key is that calls with a key of the gateway go on with. */
  readonly apiKey: Secret | undefined;
}

export type {
  Budget,
  Capacity,
  GatewayKey,
  Receiver,
  Routing,
  Secret,
  Slo,
  SomeThresholds,
  Threshold,
  ThresholdKind,
  Thresholds,
  ThresholdSet,
  TlsFiles,
};
export type ReporterName = NonNullable<File['reporters']>[number];

/** promptmeter.yaml and the environment as one frozen object in which nothing is optional but prices. */
export interface Config {
  /** Where it came from: a file's path, or `built-in defaults`. */
  readonly source: string;
  readonly attributionLabels: readonly string[];
  readonly limits: { readonly models: number; readonly labelValues: number };
  /** Undefined: NODE_ENV decides. */
  readonly reporters: readonly ReporterName[] | undefined;
  readonly environment: string;
  readonly logLevel: string;
  readonly host: string;
  readonly gateway: {
    readonly port: number;
    readonly usageInStreams: boolean;
    readonly estimateUsage: boolean;
    readonly timeoutSeconds: number;
    readonly maxBodyBytes: number;
    /** Of clients at once, in each of the workers. */
    readonly maxConnections: number;
    /** Processes that take calls. */
    readonly workers: number;
    /** Named `openai`, at OPENAI_BASE_URL. */
    readonly defaultUpstream: Upstream;
    readonly upstreams: readonly Upstream[];
    /** Of the default upstream; undefined: OPENAI_API_KEY, where `keys` is there. */
    readonly apiKey: Secret | undefined;
    /** Who may call; undefined: whoever reaches the gateway, with a key of their own. */
    readonly keys: readonly GatewayKey[] | undefined;
    /** Undefined: HTTP without TLS. */
    readonly tlsFiles: TlsFiles | undefined;
  };
  readonly metrics: {
    readonly host: string;
    readonly tlsFiles: TlsFiles | undefined;
    readonly port: number;
    readonly adminToken: string | undefined;
    readonly metricsToken: string | undefined;
  };
  readonly prices: Readonly<Record<string, Price>>;
  readonly thresholds: Thresholds;
  readonly budgets: readonly Budget[];
  readonly slos: readonly Slo[];
  readonly capacity: Capacity;
  readonly receivers: readonly Receiver[];
  readonly routing: Routing;
  /** What users may have done with an answer. */
  readonly outcomes: readonly string[];
  readonly links: {
    readonly grafana: string;
    readonly runbooks: string;
    /** Where a trace is shown, with `{trace_id}` for its id. */
    readonly traces: string | undefined;
  };
  readonly prometheus: { readonly scrapeInterval: string; readonly evaluationInterval: string };
}
