import type { Clock } from '../../src/monitor/Clock.js';

/** A clock that stands still until it is told to go on. */
export class ManualClock implements Clock {
  #monotonic = 1_000_000;
  /** Milliseconds since 1970; may be set to anything, as an administrator may. */
  wall = Date.UTC(2026, 10, 23);

  now(): number {
    return this.#monotonic;
  }

  wallTime(): number {
    return this.wall;
  }

  advance(milliseconds: number): void {
    this.#monotonic += milliseconds;
    this.wall += milliseconds;
  }
}
