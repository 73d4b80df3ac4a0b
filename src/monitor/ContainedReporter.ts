import { messageOf } from '../errors.js';
import type { Clock } from './Clock.js';
import { contain, type FailureReason } from './contain.js';
import type { AIEvent } from './events.js';
import type { Logger } from './Logger.js';
import type { MetricsReporter, Tags } from './MetricsReporter.js';
import { readEvent, type UnreadEvent } from './unreadEvent.js';

/**
 * A report that takes longer than this many milliseconds delays the measured call and is counted as slow. Shorter ones
 * are as often those of a busy machine as of a slow reporter.
 */
const SLOW_MS = 200;

const FAILED = 'A metrics reporter failed; calls go on unaffected and may be missing from its metrics';
const SLOW = 'A metrics reporter took so long that it delayed a call; let it hand its work over and return at once';

export type ReporterErrorReason = FailureReason | 'slow';

/** Stands between a call and a reporter: whatever the reporter does wrong is counted and logged, and goes no further. */
export class ContainedReporter {
  readonly #failed = new Set<ReporterErrorReason>();
  readonly #onFailure = (reason: FailureReason, error: unknown): void => this.#count(reason, error);

  constructor(
    private readonly reporter: MetricsReporter,
    private readonly logger: Logger,
    private readonly clock: Clock,
  ) {}

  trackEvent(...event: AIEvent): void {
    this.#contain(() => this.reporter.trackEvent(...event));
  }

  /**
   * Reports an event that is still to be put together, which a reporter that doesn't wait for it gets at once. One that
   * waits isn't timed: it only keeps the event, and to look at the clock would cost more than that.
   */
  trackLater(make: () => UnreadEvent): void {
    if (this.reporter.trackLater === undefined) this.#contain(() => this.reporter.trackEvent(...readEvent(make())));
    else contain(() => this.reporter.trackLater?.(make), this.#onFailure);
  }

  trackCounter(name: string, value: number, tags: Tags): void {
    this.#contain(() => this.reporter.trackCounter(name, value, tags));
  }

  #contain(report: () => unknown): void {
    const startedAt = this.clock.now();
    contain(report, this.#onFailure);
    if (this.clock.now() - startedAt > SLOW_MS) this.#count('slow', undefined);
  }

  /** Counts through the same reporter, since a fan-out may well have a member that works. Logs the first of a kind. */
  #count(reason: ReporterErrorReason, error: unknown): void {
    if (!this.#failed.has(reason)) {
      this.#failed.add(reason);
      const fields = { reason, ...(error === undefined ? {} : { error: messageOf(error) }) };
      contain(() => this.logger.error(reason === 'slow' ? SLOW : FAILED, fields));
    }
    contain(() => this.reporter.trackCounter('promptmeter_reporter_errors_total', 1, { reason }));
  }
}
