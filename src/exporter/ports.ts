import type { FailureLimiter } from '../access/FailureLimiter.js';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** Knows how to write log lines: a message, and fields beside it. */
export interface ExporterLogger {
  info(message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
  error(message: string, fields?: Readonly<Record<string, unknown>>): void;
}

/** One metric as prom-client's `getMetricsAsJSON` tells it. */
export interface MetricReading {
  readonly name: string;
  readonly values: readonly {
    readonly value: number;
    readonly labels: Readonly<Partial<Record<string, string | number>>>;
    /** For the lines of a histogram: its name with `_bucket`, `_sum` or `_count`. */
    readonly metricName?: string;
  }[];
}

/** The text formats that /metrics can answer in. */
export type MetricsFormat = 'text' | 'openmetrics';

/** Knows the metrics, as text for Prometheus and as numbers for people. `PrometheusMetricsReporter` fits. */
export interface MetricsSource {
  getMetrics(): Promise<string>;
  readonly contentType: string;
  /** The same in the format asked for, as UTF-8 in pieces. Absent, as in a source of one format: `getMetrics` it is. */
  scrape?(format: MetricsFormat): Promise<readonly Uint8Array[]>;
  /** Content type of `scrape(format)`. */
  contentTypeOf?(format: MetricsFormat): string;
  /** Absent: /metrics/ai has no numbers. */
  readonly registry?: { getMetricsAsJSON(): Promise<readonly MetricReading[]> };
  /** Counts scrapes that failed. */
  trackCounter?(name: string, value?: number): void;
}

/** Answers a request and returns true, or returns false for a path that isn't its own. Must not throw. */
export type Page = (request: IncomingMessage, response: ServerResponse) => boolean;

export interface Tokens {
  /** Bearer of /metrics; without one /metrics is open to whoever reaches the address. */
  readonly metricsToken?: string | undefined;
  /** Bearer of /metrics/ai; without one that route answers 503. */
  readonly adminToken?: string | undefined;
  /** Counts wrong tokens by address. Absent: the routes count for themselves. */
  readonly failures?: FailureLimiter | undefined;
}
