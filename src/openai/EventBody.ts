import type { AnswerWatch } from './AnswerWatch.js';
import { EventFeed } from './EventFeed.js';
import { EventIterator } from './EventIterator.js';
import type { Bytes, IterateOptions, StreamWays } from './streamWays.js';
import { endsByItself, endWithGarbage } from './unread.js';

/**
 * The body of a stream of events, one event at a time and only as fast as the reader takes them, so that breaking off
 * after an event means that no later one was taken. Nothing is read before it is asked for.
 */
export class EventBody implements StreamWays {
  readonly #feed: EventFeed;
  #iterator: EventIterator | undefined;
  /** Made only for somebody who reads in another way than by iterating, as the SDK does. */
  #made: Bytes | undefined;

  constructor(
    source: Bytes,
    private readonly watch: AnswerWatch,
  ) {
    this.#feed = new EventFeed(source, watch);
  }

  /** Whether somebody has begun to take it or given it up. */
  get isUsed(): boolean {
    return this.#iterator !== undefined || this.#feed.isUsed;
  }

  get locked(): boolean {
    return this.#made?.locked ?? this.#isIterated;
  }

  /** @throws TypeError when somebody keeps us from reading. */
  iterate(options?: IterateOptions): AsyncIterator<Uint8Array> | undefined {
    if (this.#isIterated) return undefined;
    if (this.#made !== undefined) return this.#made.values(options);
    this.#feed.lock();
    const iterator = new EventIterator(this.#feed, options?.preventCancel === true);
    this.#iterator = iterator;
    this.#endWith(iterator);
    return iterator;
  }

  /** While the body is iterated over it is locked, and its own ways tell so. */
  others(): Bytes | undefined {
    return this.#isIterated ? undefined : this.stream();
  }

  stream(): Bytes {
    if (this.#made !== undefined) return this.#made;
    this.#made = streamOf(this.#feed);
    this.#endWith(this.#made);
    return this.#made;
  }

  get #isIterated(): boolean {
    return this.#iterator?.isOver === false;
  }

  /** From here on it is this that the application has to drop for the call to end. */
  #endWith(taken: object): void {
    endsByItself(this.watch);
    endWithGarbage(taken, this.watch);
  }
}

function streamOf(feed: EventFeed): Bytes {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        for (;;) {
          const bytes = feed.poll();
          if (bytes !== undefined) {
            controller.enqueue(bytes);
            return;
          }
          if (feed.ended) {
            feed.finish();
            controller.close();
            return;
          }
          await feed.readOn();
        }
      },
      cancel: (reason) => feed.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}
