import type { AnswerWatch } from './AnswerWatch.js';
import { SseParser, type SseEvent } from './sse.js';
import type { Bytes } from './streamWays.js';
import { endsByItself } from './unread.js';

type Reader = ReadableStreamDefaultReader<Uint8Array>;
type Read = ReadableStreamReadResult<Uint8Array>;

/** The events of a body, one at a time and only as fast as they are taken. Nothing is read before it is asked for. */
export class EventFeed {
  readonly #parser = new SseParser();
  #reader: Reader | undefined;
  #waiting: readonly SseEvent[] = [];
  #taken = 0;
  #ended = false;
  #isUsed = false;

  /** Taken now, since the ways to the body lead here later. */
  readonly #getReader: () => Reader;

  constructor(
    source: Bytes,
    private readonly watch: AnswerWatch,
  ) {
    this.#getReader = source.getReader.bind(source);
  }

  /** The bytes of the next event that has come already, if there is one; a taken event counts as seen by the caller. */
  poll(): Uint8Array | undefined {
    for (let event = this.#waiting[this.#taken]; event !== undefined; event = this.#waiting[this.#taken]) {
      this.#taken += 1;
      const bytes = this.watch.event(event);
      if (bytes !== undefined && bytes.length > 0) return bytes;
    }
    return undefined;
  }

  /** True once something was asked for, or all of it was given up. */
  get isUsed(): boolean {
    return this.#isUsed;
  }

  /** True when there are no more events to come. Only to be asked when `poll` had none. */
  get ended(): boolean {
    return this.#ended;
  }

  /**
   * The reader, for this feed or for somebody who watches what it reads in place of it.
   * @throws TypeError when somebody else keeps us from reading.
   */
  takeOver(): Reader {
    this.#isUsed = true;
    return (this.#reader ??= this.#getReader());
  }

  /** Reads on, so that there is something to poll or the end is known. Rejects as the body does, which ends the call. */
  async readOn(): Promise<void> {
    try {
      this.#take(await this.takeOver().read());
    } catch (error) {
      endsByItself(this.watch);
      this.watch.streamFailed(error);
      throw error;
    }
  }

  /** Ends the call: the caller has taken everything. */
  finish(): void {
    endsByItself(this.watch);
    this.watch.streamEnded();
  }

  /** Ends the call and the body: the caller takes no more. */
  cancel(reason: unknown): Promise<void> {
    endsByItself(this.watch);
    this.watch.left(this.#waiting.slice(this.#taken));
    return this.takeOver().cancel(reason);
  }

  #take({ value }: Read): void {
    this.#taken = 0;
    if (value === undefined) {
      this.#ended = true;
      const rest = this.#parser.end();
      this.#waiting = rest === undefined ? [] : [rest];
    } else {
      this.#waiting = this.#parser.push(value);
    }
  }
}
