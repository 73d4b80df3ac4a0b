import type { Registry } from 'prom-client';
import type { AIEvent } from '../monitor/events.js';
import type { Logger } from '../monitor/Logger.js';
import type { MetricsReporter, Tags } from '../monitor/MetricsReporter.js';
import { CallIndex } from './prometheus/CallIndex.js';
import { Catalogue } from './prometheus/Catalogue.js';
import { GenericMetrics } from './prometheus/GenericMetrics.js';
import { LabelLimiter } from './prometheus/LabelLimiter.js';
import { normalize, type PrometheusReporterOptions } from './prometheus/options.js';
import { recordEvent } from './prometheus/recordEvent.js';
import { setStatics } from './prometheus/setStatics.js';

/**
 * Keeps the metrics of the catalogue for Prometheus to scrape. Uses a registry of its own unless one is given, never
 * prom-client's global one. Memory is bounded whatever the models and label values are.
 * @throws MetricConflictError when the registry given holds a metric of the catalogue already.
 */
export class PrometheusMetricsReporter implements MetricsReporter {
  readonly registry: Registry;
  readonly #logger: Logger | undefined;
  readonly #calls: CallIndex;
  readonly #generic: GenericMetrics;

  constructor(options: PrometheusReporterOptions = {}) {
    const { registry, logger, attributionLabels, limits, ...statics } = normalize(options);
    const limiter = new LabelLimiter((label) => (label === 'model' ? limits.models : limits.labelValues));
    const catalogue = new Catalogue(registry, attributionLabels);
    this.registry = registry;
    this.#logger = logger;
    this.#calls = new CallIndex(catalogue, limiter, attributionLabels, limits.combinations);
    this.#generic = new GenericMetrics(registry, catalogue, limiter, {
      metrics: limits.metricsOnDemand,
      series: limits.combinations,
    });
    setStatics(catalogue, statics);
  }

  /** Content type of `getMetrics()`, with its version. */
  get contentType(): string {
    return this.registry.contentType;
  }

  trackEvent(...event: AIEvent): void {
    recordEvent(this.#calls, event, () => {
      const [eventName, metrics] = event;
      this.#logger?.debug(`Unknown metrics event: ${eventName}`, { ...metrics });
    });
  }

  /**
   * Adds to a counter of the catalogue, or to one made on demand. A value that is not finite or below 0 is left out.
   * @throws MetricConflictError when the name can't be used, or was used for another type or with other labels.
   */
  trackCounter(name: string, value = 1, tags: Tags = {}): void {
    this.#generic.counter(name, tags).add(value);
  }

  /**
   * Observes milliseconds in a histogram of the catalogue, or in one made on demand with the buckets of call durations.
   * A value that is not finite or below 0 is left out.
   * @throws MetricConflictError as `trackCounter` does.
   */
  trackTiming(name: string, value: number, tags: Tags = {}): void {
    this.#generic.histogram(name, tags).observe(value);
  }

  /**
   * Sets a gauge of the catalogue, or one made on demand. A value that is not finite is left out.
   * @throws MetricConflictError as `trackCounter` does.
   */
  trackGauge(name: string, value: number, tags: Tags = {}): void {
    this.#generic.gauge(name, tags).set(value);
  }

  /** Everything in Prometheus' text format. */
  async getMetrics(): Promise<string> {
    return await this.registry.metrics();
  }
}
