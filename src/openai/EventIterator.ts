import type { EventFeed } from './EventFeed.js';

type Result = IteratorResult<Uint8Array, unknown>;

/** Iterates over the events of a body by way of their feed, as one iterates over a stream, which is locked meanwhile. */
export class EventIterator implements AsyncIterator<Uint8Array, unknown> {
  #underWay = 0;
  #last: Promise<unknown> = Promise.resolve();
  #done = false;

  constructor(
    private readonly feed: EventFeed,
    private readonly preventCancel: boolean,
  ) {}

  /** True once there is nothing more to come of it. */
  get isOver(): boolean {
    return this.#done;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<Result> {
    return this.#afterOthers(this.#next);
  }

  return(value?: unknown): Promise<Result> {
    return this.#afterOthers(() => this.#return(value));
  }

  /** One thing at a time, in the order asked for; at once when nothing is under way. */
  #afterOthers(run: () => Promise<Result>): Promise<Result> {
    const idle = this.#underWay === 0;
    this.#underWay += 1;
    const result = idle ? run() : this.#last.then(run, run);
    this.#last = result;
    return result;
  }

  // These are bound once a stream, and cost an event no turn of the microtask queue beside the one that it comes in.
  readonly #next = (): Promise<Result> => {
    const result = this.#atHand();
    return result === undefined ? this.feed.read().then(this.#took, this.#failed) : Promise.resolve(result);
  };

  readonly #took = (read: ReadableStreamReadResult<Uint8Array>): Result | Promise<Result> => {
    this.feed.take(read);
    return this.#atHand() ?? this.#nextWhole();
  };

  readonly #failed = (error: unknown): never => {
    this.feed.fail(error);
    this.#underWay -= 1;
    this.#done = true;
    throw error;
  };

  /** Of an event that comes in pieces. */
  async #nextWhole(): Promise<Result> {
    for (;;) {
      this.feed.take(await this.feed.read().catch(this.#failed));
      const result = this.#atHand();
      if (result !== undefined) return result;
    }
  }

  /** What can be told without reading on. */
  #atHand(): Result | undefined {
    const value = this.#done ? undefined : this.feed.poll();
    if (value === undefined && !this.#done && !this.feed.ended) return undefined;
    this.#underWay -= 1;
    if (value !== undefined) return { done: false, value };
    if (!this.#done) this.feed.finish();
    this.#done = true;
    return { done: true, value: undefined };
  }

  async #return(value: unknown): Promise<Result> {
    try {
      if (!this.#done) {
        this.#done = true;
        if (!this.preventCancel) await this.feed.cancel(value);
      }
      return { done: true, value };
    } finally {
      this.#underWay -= 1;
    }
  }
}
