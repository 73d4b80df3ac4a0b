import type { CountedEvent } from './recordEvent.js';

/** So many wait at most. */
const MOST = 64;

/**
 * Events that wait until there are many of them, or until somebody reads the metrics: to count them in a row takes a
 * fraction of the processor time that it takes to count each between two calls.
 */
export class WaitingEvents {
  #events: (() => CountedEvent)[] = [];

  /**
   * @param count must not throw, whatever `make` does
   * @param counted is told when none are left
   */
  constructor(
    private readonly count: (make: () => CountedEvent) => void,
    private readonly counted: () => void,
  ) {}

  add(make: () => CountedEvent): void {
    if (this.#events.push(make) >= MOST) this.countAll();
  }

  readonly countAll = (): void => {
    const events = this.#events;
    this.#events = [];
    for (const make of events) this.count(make);
    this.counted();
  };
}
