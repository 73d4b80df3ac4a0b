import { Registry } from 'prom-client';
import { messageOf } from '../errors.js';
import type { AIEvent } from '../monitor/events.js';
import type { Logger } from '../monitor/Logger.js';
import type { MetricsReporter, Tags } from '../monitor/MetricsReporter.js';
import type { UnreadEvent } from '../monitor/unreadEvent.js';
import { CallIndex } from './prometheus/CallIndex.js';
import { Catalogue } from './prometheus/Catalogue.js';
import { expose } from './prometheus/exposition/expose.js';
import { FORMATS, type ExpositionFormat } from './prometheus/exposition/Format.js';
import { SharedWork } from './prometheus/exposition/SharedWork.js';
import { GenericMetrics } from './prometheus/GenericMetrics.js';
import { LabelLimiter } from './prometheus/LabelLimiter.js';
import { measureProcess } from './prometheus/measureProcess.js';
import { normalize, type PrometheusReporterOptions } from './prometheus/options.js';
import { recordEvent, type CountedEvent } from './prometheus/recordEvent.js';
import { setStatics } from './prometheus/setStatics.js';
import { WaitingEvents } from './prometheus/WaitingEvents.js';

/**
 * Keeps the metrics of the catalogue for Prometheus to scrape. Uses a registry of its own unless one is given, never
 * prom-client's global one. Memory is bounded whatever the models and label values are.
 * @throws MetricConflictError when the registry given holds a metric of the catalogue already.
 */
export class PrometheusMetricsReporter implements MetricsReporter {
  readonly registry: Registry;
  readonly #waiting: WaitingEvents;
  readonly #generic: GenericMetrics;
  readonly #scrapes: Readonly<Record<ExpositionFormat, SharedWork<readonly Buffer[]>>>;

  constructor(options: PrometheusReporterOptions = {}) {
    const { registry, logger, attributionLabels, limits, process, ...statics } = normalize(options);
    const limiter = new LabelLimiter((label) => (label === 'model' ? limits.models : limits.labelValues));
    const catalogue = new Catalogue(registry, attributionLabels);
    this.registry = registry;
    const calls = new CallIndex(catalogue, limiter, attributionLabels, limits.combinations);
    this.#waiting = new WaitingEvents(
      (make) => count(calls, make, catalogue, logger),
      () => calls.settle(),
    );
    catalogue.beforeReadingAny(this.#waiting.countAll);
    this.#generic = new GenericMetrics(registry, catalogue, limiter, {
      metrics: limits.metricsOnDemand,
      series: limits.combinations,
    });
    setStatics(catalogue, statics);
    if (process !== false) measureProcess(catalogue, process === true ? undefined : process);
    this.#scrapes = {
      text: new SharedWork(() => expose(registry, FORMATS.text)),
      openmetrics: new SharedWork(() => expose(registry, FORMATS.openmetrics)),
    };
  }

  /** Content type of `getMetrics()`, with its version. */
  get contentType(): string {
    return FORMATS[this.#usual].contentType;
  }

  /** Content type of `scrape(format)`, with its version. */
  contentTypeOf(format: ExpositionFormat): string {
    return FORMATS[format].contentType;
  }

  /** Counts the event, by the time that anybody reads the metrics. */
  trackEvent(...event: AIEvent): void {
    this.#waiting.add(() => event);
  }

  /** Does the same with an event that is put together by that time. */
  trackLater(make: () => UnreadEvent): void {
    this.#waiting.add(make);
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
    // What events told before it must not come after it.
    this.#waiting.countAll();
    this.#generic.gauge(name, tags).set(value);
  }

  /**
   * Everything in the registry as text: Prometheus' format, or OpenMetrics when the registry given is of that type.
   * Rejects with what a collector of the application throws.
   */
  async getMetrics(): Promise<string> {
    return Buffer.concat(await this.scrape(this.#usual)).toString();
  }

  /**
   * The same in the format asked for, as UTF-8 in pieces. Written a little at a time, so that no call waits for it.
   * Whoever asks while it is being written shares the next round with all who do.
   */
  async scrape(format: ExpositionFormat): Promise<readonly Uint8Array[]> {
    return await this.#scrapes[format].get();
  }

  get #usual(): ExpositionFormat {
    const given: string = this.registry.contentType;
    return given === Registry.OPENMETRICS_CONTENT_TYPE ? 'openmetrics' : 'text';
  }
}

/** An event of an application's own may be anything: what is wrong with it stays with it. */
function count(calls: CallIndex, make: () => CountedEvent, catalogue: Catalogue, logger: Logger | undefined): void {
  let eventName = 'unknown';
  try {
    const event = make();
    const [name, metrics] = event;
    eventName = name;
    recordEvent(calls, event, () => logger?.debug(`Unknown metrics event: ${name}`, { ...metrics }));
  } catch (error) {
    catalogue.counter('reporterErrors', { reason: 'threw' }).add();
    try {
      logger?.error(`A metrics event could not be counted: ${eventName}`, { error: messageOf(error) });
    } catch {
      // There is nobody left to tell.
    }
  }
}
