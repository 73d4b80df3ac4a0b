/** Knows the time. Durations come from `now` alone, so that a change of the system's clock can't falsify them. */
export interface Clock {
  /** Monotonic milliseconds since some fixed moment, with fractions. */
  now(): number;
  /** Milliseconds since 1970, for log lines and events only. */
  wallTime(): number;
}

export const SYSTEM_CLOCK: Clock = {
  now: () => performance.now(),
  wallTime: () => Date.now(),
};
