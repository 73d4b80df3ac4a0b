import { MissingOptionError } from '../errors.js';
import type { AIEvent } from '../monitor/events.js';
import type { Logger } from '../monitor/Logger.js';
import type { MetricsReporter, Tags } from '../monitor/MetricsReporter.js';

/**
 * Writes every measurement as one line at level info, for development.
 * @throws MissingOptionError without a logger, since it would report nowhere.
 */
export class ConsoleMetricsReporter implements MetricsReporter {
  readonly #logger: Logger;

  constructor({ logger }: { readonly logger: Logger | undefined }) {
    if (!logger) throw new MissingOptionError('ConsoleMetricsReporter', 'logger', 'console will do');
    this.#logger = logger;
  }

  trackEvent(...[eventName, metrics]: AIEvent): void {
    this.#logger.info(`[Metrics Event] ${eventName}`, { ...metrics });
  }

  trackCounter(name: string, value = 1, tags: Tags = {}): void {
    this.#logger.info(`[Metrics Counter] ${name}: ${value}`, tags);
  }

  trackTiming(name: string, value: number, tags: Tags = {}): void {
    this.#logger.info(`[Metrics Timing] ${name}: ${value}ms`, tags);
  }

  trackGauge(name: string, value: number, tags: Tags = {}): void {
    this.#logger.info(`[Metrics Gauge] ${name}: ${value}`, tags);
  }
}
