import type { AIEvent } from '../../monitor/events.js';

/** So many wait at most. */
const MOST = 64;

/**
 * Events that wait until there are many of them, or until somebody reads the metrics: to count them in a row takes a
 * fraction of the processor time that it takes to count each between two calls.
 */
export class WaitingEvents {
  #events: AIEvent[] = [];

  /** @param count must not throw */
  constructor(private readonly count: (event: AIEvent) => void) {}

  add(event: AIEvent): void {
    if (this.#events.push(event) >= MOST) this.countAll();
  }

  readonly countAll = (): void => {
    const events = this.#events;
    this.#events = [];
    for (const event of events) this.count(event);
  };
}
