import type { EventFeed } from './EventFeed.js';

type Result = IteratorResult<Uint8Array, unknown>;

/**
 * Iterates over the events of a stream by way of their feed. To go through the stream for each of them would cost more
 * than everything else that is measured. The stream is locked meanwhile and ends as the iteration does, as it would if
 * it were read.
 */
export class EventIterator implements AsyncIterator<Uint8Array, unknown> {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  #underWay = 0;
  #last: Promise<unknown> = Promise.resolve();
  #done = false;

  /** @throws TypeError when the stream is locked. */
  constructor(
    stream: ReadableStream<Uint8Array>,
    private readonly controller: ReadableStreamDefaultController<Uint8Array>,
    private readonly feed: EventFeed,
    private readonly preventCancel: boolean,
  ) {
    this.#reader = stream.getReader();
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
    this.#underWay -= 1;
    this.feed.fail(error);
    this.#end(() => this.controller.error(error));
    throw error;
  };

  /** Of an event that comes in pieces. */
  async #nextWhole(): Promise<Result> {
    for (;;) {
      const read = await this.feed.read().catch(this.#failed);
      this.feed.take(read);
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
    if (!this.#done) {
      this.feed.finish();
      this.#end(() => this.controller.close());
    }
    return { done: true, value: undefined };
  }

  async #return(value: unknown): Promise<Result> {
    try {
      if (!this.#done) {
        this.#done = true;
        const cancelled = this.preventCancel ? undefined : this.#reader.cancel(value);
        this.#reader.releaseLock();
        await cancelled;
      }
      return { done: true, value };
    } finally {
      this.#underWay -= 1;
    }
  }

  #end(settleStream: () => void): void {
    this.#done = true;
    settleStream();
    this.#reader.releaseLock();
  }
}
