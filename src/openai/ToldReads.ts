import { SseParser, type SseEvent } from './sse.js';

type Reader = ReadableStreamDefaultReader<Uint8Array>;
type Read = ReadableStreamReadResult<Uint8Array>;

/** How a body has ended: by itself, or because the reader gave it up. */
export type BodyEnd =
  | { readonly is: 'whole' }
  | { readonly is: 'failed'; readonly error: unknown; readonly isAborted: boolean }
  | { readonly is: 'left' };

/** Reads that are held at most. Of an event in more pieces nothing is known but what is told of it. */
const MOST_HELD = 256;

/**
 * The reads of a body by somebody who tells of every event that he finds in it. Its bytes are looked at only for what
 * that does not say: how it ended, and what had come already when the reader left.
 */
export class ToldReads {
  readonly #read: () => Promise<Read>;
  readonly #cancel: Reader['cancel'];
  #last: Promise<Read> | undefined;
  /** The one that the last event which was told of ended in, and in which the next may have begun; and those since. */
  #first: Promise<Read> | undefined;
  #between: Promise<Read>[] = [];
  /** Events told of since the last read. */
  #told = 0;
  #end: BodyEnd | undefined;

  /** @param isAborted whether a failure of the body at this moment is the caller's or the client's doing */
  constructor(
    private readonly reader: Reader,
    isAborted: () => boolean,
  ) {
    this.#read = reader.read.bind(reader);
    this.#cancel = reader.cancel.bind(reader);
    // Known before the reader knows it, who may abort what has failed.
    reader.closed.then(
      () => (this.#end ??= { is: 'whole' }),
      (error: unknown) => (this.#end ??= { is: 'failed', error, isAborted: isAborted() }),
    );
  }

  /** How the body ended; undefined while it has not. */
  get end(): BodyEnd | undefined {
    return this.#end;
  }

  /** The next event was told of. */
  told(): void {
    this.#told += 1;
  }

  readonly read = (): Promise<Read> => {
    const before = this.#last;
    this.#last = this.#read();
    if (this.#told > 0) {
      this.#told = 0;
      this.#first = before;
      if (this.#between.length > 0) this.#between = [];
    } else if (before !== undefined) {
      if (this.#between.push(before) === MOST_HELD) void this.#between.shift();
    }
    return this.#last;
  };

  readonly cancel = (reason?: unknown): Promise<void> => {
    this.#end ??= { is: 'left' };
    return this.#cancel(reason);
  };

  /** For whoever wants the platform's own reader. */
  asReader(): Reader {
    const { reader, read, cancel } = this;
    return Object.defineProperties(reader, { read: member(read), cancel: member(cancel) });
  }

  asIterator(): AsyncIterator<Uint8Array> {
    return {
      next: this.read as () => Promise<IteratorResult<Uint8Array>>,
      return: async () => {
        await this.cancel();
        return { done: true, value: undefined };
      },
    };
  }

  /** The events that came and were not told of, comments left out. Waits for a read that is under way. */
  async untold(): Promise<readonly SseEvent[]> {
    const parser = new SseParser();
    const events: SseEvent[] = [];
    parser.push((await bytesOf(this.#first)) ?? NONE);
    for (const read of [...this.#between, this.#last]) events.push(...parser.push((await bytesOf(read)) ?? NONE));
    const rest = parser.end();
    if (rest !== undefined) events.push(rest);
    return events.filter(({ data }) => data !== '').slice(this.#told);
  }
}

const NONE = new Uint8Array();

async function bytesOf(read: Promise<Read> | undefined): Promise<Uint8Array | undefined> {
  try {
    return (await read)?.value;
  } catch {
    return undefined;
  }
}

const member = (value: unknown): PropertyDescriptor => ({ value, configurable: true, writable: true });
