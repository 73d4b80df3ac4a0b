import type { AIEvent } from './events.js';
import type { UnreadEvent } from './unreadEvent.js';

export type Tags = Readonly<Record<string, string>>;

/**
 * Knows how to bring measurements to some system. Calls come on the path of the measured call: an implementation
 * must return at once. What it throws, or a promise of its that rejects, is counted and never reaches the application.
 */
export interface MetricsReporter {
  /** Takes one event in the life of a call. */
  trackEvent(...event: AIEvent): void;
  /**
   * Takes an event that is still to be put together, for a reporter that need not know of it before somebody reads what
   * it measured: that costs the call's own path less. One without this method gets every event at once.
   */
  trackLater?(make: () => UnreadEvent): void;
  /** Adds `value` (default 1; finite, 0 or more) to a counter. */
  trackCounter(name: string, value?: number, tags?: Tags): void;
  /** Observes a time in milliseconds. */
  trackTiming(name: string, value: number, tags?: Tags): void;
  /** Sets a gauge to its current value. */
  trackGauge(name: string, value: number, tags?: Tags): void;
}
