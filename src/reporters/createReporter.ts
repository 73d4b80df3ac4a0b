import type { Logger } from '../monitor/Logger.js';
import type { MetricsReporter } from '../monitor/MetricsReporter.js';
import { ConsoleMetricsReporter } from './ConsoleMetricsReporter.js';
import { FanOutReporter } from './FanOutReporter.js';
import type { PrometheusReporterOptions } from './prometheus/options.js';
import { PrometheusMetricsReporter } from './PrometheusMetricsReporter.js';

export type ReporterKind = 'console' | 'prometheus';

export interface CreateReporterOptions extends Omit<PrometheusReporterOptions, 'logger'> {
  readonly logger: Logger;
  /** Overrides what the environment would choose; both at once are allowed. */
  readonly reporters?: readonly ReporterKind[] | undefined;
}

const PROMETHEUS_ENVIRONMENTS: ReadonlySet<string> = new Set(['production', 'staging']);

/**
 * The reporter of an environment, as NODE_ENV names it: Prometheus in production and staging, else the console.
 * @throws MissingOptionError when the console is chosen and there is no logger.
 */
export function createReporter(env: string | undefined, options: CreateReporterOptions): MetricsReporter {
  const chosen = options.reporters ?? [PROMETHEUS_ENVIRONMENTS.has(env ?? '') ? 'prometheus' : 'console'];
  const [first, ...others] = [...new Set(chosen)].map((kind) =>
    kind === 'prometheus' ? new PrometheusMetricsReporter(options) : new ConsoleMetricsReporter(options),
  );
  return first !== undefined && others.length === 0
    ? first
    : new FanOutReporter(first === undefined ? [] : [first, ...others]);
}
