import type { Config } from '../../config/Config.js';
import type { ReporterName } from '../../config/Config.js';
import type { MetricsSource } from '../../exporter/ports.js';
import type { GaugeSink } from '../../exporter/reconciliationRoutes.js';
import type { Logger } from '../../monitor/Logger.js';
import type { MetricsReporter } from '../../monitor/MetricsReporter.js';
import { ConsoleMetricsReporter } from '../../reporters/ConsoleMetricsReporter.js';
import { FanOutReporter } from '../../reporters/FanOutReporter.js';
import type { ProcessUsage } from '../../reporters/prometheus/measureProcess.js';
import { PrometheusMetricsReporter } from '../../reporters/PrometheusMetricsReporter.js';
import { VERSION } from '../version.js';

const PROMETHEUS_ONLY: ReadonlySet<string> = new Set(['production', 'staging']);

/** What /metrics says when promptmeter.yaml leaves Prometheus out. */
const NO_METRICS: MetricsSource = {
  getMetrics: () => Promise.resolve('# No metrics available: promptmeter.yaml names no prometheus under reporters\n'),
  contentType: 'text/plain; version=0.0.4; charset=utf-8',
};

export interface Reporters {
  readonly reporter: MetricsReporter;
  readonly prometheus: PrometheusMetricsReporter | undefined;
  readonly metrics: MetricsSource & GaugeSink;
}

/**
 * A development run reports to console and Prometheus together, so that /metrics always tells the truth. `usage` is what
 * Promptmeter's processes use, where that is not this one alone.
 */
export function createReporters(config: Config, logger: Logger, usage?: () => ProcessUsage): Reporters {
  const { attributionLabels, limits, budgets, slos, environment } = config;
  const usual: readonly ReporterName[] = PROMETHEUS_ONLY.has(environment) ? ['prometheus'] : ['console', 'prometheus'];
  const names = config.reporters ?? usual;
  const prometheus = names.includes('prometheus')
    ? new PrometheusMetricsReporter({
        logger,
        attributionLabels,
        limits,
        budgets,
        slos,
        version: VERSION,
        process: usage ?? true,
      })
    : undefined;
  const reporters = [
    ...(prometheus === undefined ? [] : [prometheus]),
    ...(names.includes('console') ? [new ConsoleMetricsReporter({ logger })] : []),
  ];
  const [only, ...others] = reporters;
  const reporter = only !== undefined && others.length === 0 ? only : new FanOutReporter(reporters);
  return { reporter, prometheus, metrics: prometheus ?? NO_METRICS };
}
