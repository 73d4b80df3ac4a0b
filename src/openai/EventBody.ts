import type { AnswerWatch } from './AnswerWatch.js';
import { EventFeed } from './EventFeed.js';
import type { Bytes, StreamWays } from './streamWays.js';
import { ToldReads } from './ToldReads.js';
import { ToldStream } from './ToldStream.js';
import { endsByItself, endWithGarbage } from './unread.js';

/**
 * The body of a stream of events. The SDK, which tells of every event, reads it as it comes; to anybody else it is given
 * one event at a time and only as fast as he takes them, so that breaking off after an event means that no later one was
 * taken. Nothing is read before it is asked for.
 */
export class EventBody implements StreamWays {
  readonly #feed: EventFeed;
  /** True while the SDK begins to read. */
  #isOffered = false;
  /** What the SDK reads by. */
  #told: ToldReads | undefined;
  /** Made only for somebody else. */
  #made: Bytes | undefined;

  constructor(
    source: Bytes,
    private readonly watch: AnswerWatch,
  ) {
    this.#feed = new EventFeed(source, watch);
  }

  /** Whether somebody has begun to take it or given it up. */
  get isUsed(): boolean {
    return this.#feed.isUsed;
  }

  get locked(): boolean {
    return this.#isBeingTold || this.#made?.locked === true;
  }

  /**
   * Runs what is to begin to read, and will tell of every event that it finds. It gets the bytes as they come. `told` is
   * undefined if it took them in no way that is known; then they are watched as those of anybody else.
   */
  tellingBy<T>(begin: () => T): { begun: T; told: ToldStream | undefined } {
    this.#isOffered = !this.isUsed && this.#made === undefined;
    try {
      const begun = begin();
      const reads = this.#isOffered ? this.#told : undefined;
      return { begun, told: reads && new ToldStream(reads, this.watch) };
    } finally {
      this.#isOffered = false;
    }
  }

  iterate(): AsyncIterator<Uint8Array> | undefined {
    return this.#toldReads()?.asIterator();
  }

  reader(): ReadableStreamDefaultReader<Uint8Array> | undefined {
    return this.#toldReads()?.asReader();
  }

  /** While the SDK reads, the body is locked, and its own ways tell so. */
  others(): Bytes | undefined {
    return this.#isBeingTold ? undefined : this.stream();
  }

  stream(): Bytes {
    if (this.#made !== undefined) return this.#made;
    this.#made = streamOf(this.#feed);
    // From here on it is this that the application has to drop for the call to end.
    endsByItself(this.watch);
    endWithGarbage(this.#made, this.watch);
    return this.#made;
  }

  #toldReads(): ToldReads | undefined {
    if (!this.#isOffered || this.#told !== undefined) return undefined;
    endsByItself(this.watch);
    this.#told = new ToldReads(this.#feed.takeOver(), () => this.watch.isAborted);
    return this.#told;
  }

  get #isBeingTold(): boolean {
    return this.#told !== undefined && this.#told.end === undefined;
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
