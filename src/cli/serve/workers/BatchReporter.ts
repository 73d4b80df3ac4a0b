import type { AIEvent } from '../../../monitor/events.js';
import type { MetricsReporter, Tags } from '../../../monitor/MetricsReporter.js';
import type { Report } from './messages.js';

/**
 * Hands on what it is told, all of one callback together. It waits no longer, though that would make fewer messages: a
 * worker that is killed takes with it what it had not handed on, and a callback is about one call at most.
 */
export class BatchReporter implements MetricsReporter {
  #reports: Report[] = [];

  constructor(private readonly send: (reports: readonly Report[]) => void) {}

  trackEvent(...event: AIEvent): void {
    this.#add(['event', ...event]);
  }

  trackCounter(name: string, value = 1, tags: Tags = {}): void {
    this.#add(['counter', name, value, tags]);
  }

  trackTiming(name: string, value: number, tags: Tags = {}): void {
    this.#add(['timing', name, value, tags]);
  }

  trackGauge(name: string, value: number, tags: Tags = {}): void {
    this.#add(['gauge', name, value, tags]);
  }

  /** Sends what is there now. */
  readonly flush = (): void => {
    if (this.#reports.length === 0) return;
    const reports = this.#reports;
    this.#reports = [];
    this.send(reports);
  };

  #add(report: Report): void {
    if (this.#reports.push(report) === 1) process.nextTick(this.flush);
  }
}
