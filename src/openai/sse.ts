import { LF, CR } from './ascii.js';
import { ByteBuffer } from './ByteBuffer.js';
import { parseSseBlock, type SseBlock } from './sseBlock.js';

/** One event of a server-sent event stream together with the bytes that it came in. */
export interface SseEvent {
  /** The lines of its `data` fields; empty when it has none: a comment, a keep-alive, or an event over the bound. */
  readonly data: string;
  /** Its `event` field, if it has one. */
  readonly event?: string | undefined;
  /** True for what stands at the end of a stream without the blank line that ends an event; clients differ on it. */
  readonly unfinished?: true;
  /** Exactly its bytes, with the comments before it and the blank line after it. */
  readonly raw: Uint8Array;
}

export interface SseParserOptions {
  /** An event of more bytes than this is handed on in pieces without data. Default 16 MiB. */
  readonly maxEventBytes?: number;
}

/** Whether this is the data of the event that ends a stream. */
export const isDone = (data: string): boolean => data.startsWith('[DONE]');

const DEFAULT_MAX_EVENT_BYTES = 16 * 1024 * 1024;

/**
 * Cuts a stream of bytes into server-sent events, however the bytes are cut into chunks. All `raw`s in order, that of
 * `end()` included, are the input. Looks at every byte once, keeps at most one event, never throws. A `raw` may be a
 * view of a chunk, which must therefore not be written to afterwards.
 */
export class SseParser {
  readonly #maxEventBytes: number;
  readonly #pending = new ByteBuffer();
  #lineIsEmpty = true;
  /** What is pending is whole but ends in CR: an LF that comes next belongs to it. */
  #wholeUnlessLf = false;
  #lastWasCr = false;
  #oversized = false;
  #atStart = true;

  constructor({ maxEventBytes = DEFAULT_MAX_EVENT_BYTES }: SseParserOptions = {}) {
    this.#maxEventBytes = maxEventBytes;
  }

  /** True when the next byte begins an event. */
  get isBetweenEvents(): boolean {
    return this.#lineIsEmpty && !this.#lastWasCr && !this.#oversized && this.#pending.length === 0;
  }

  /** Takes the next bytes and returns the events that are whole by now. */
  push(chunk: Uint8Array): SseEvent[] {
    const events: SseEvent[] = [];
    if (chunk.length === 0) return events;
    let from = 0;
    let at = 0;
    if (this.#lastWasCr) {
      if (chunk[0] === LF) at = 1;
      this.#lastWasCr = false;
      if (this.#wholeUnlessLf) {
        this.#wholeUnlessLf = false;
        events.push(this.#take(chunk.subarray(0, at)));
        from = at;
      }
    }
    const ends = new LineEnds(chunk);
    for (let end = ends.next(at); end !== -1; end = ends.next(at)) {
      const blank = this.#lineIsEmpty && end === at;
      this.#lineIsEmpty = true;
      at = end + (chunk[end] === CR && chunk[end + 1] === LF ? 2 : 1);
      if (at === chunk.length && chunk[end] === CR && end === at - 1) {
        this.#lastWasCr = true;
        this.#wholeUnlessLf = blank;
      } else if (blank) {
        // Mostly an event comes as one chunk, of which no view is needed.
        events.push(this.#take(from === 0 && at === chunk.length ? chunk : chunk.subarray(from, at)));
        from = at;
      }
    }
    if (at < chunk.length) this.#lineIsEmpty = false;
    if (from < chunk.length) this.#keep(chunk.subarray(from), events);
    return events;
  }

  /** Ends the stream: what came since the last event, if anything. */
  end(): SseEvent | undefined {
    if (this.#pending.length === 0) return undefined;
    const last = this.#take(new Uint8Array());
    if (this.#wholeUnlessLf) return last;
    const { data, event, raw } = last;
    return { data, event, raw, unfinished: true };
  }

  #keep(bytes: Uint8Array, events: SseEvent[]): void {
    const tooLong = this.#oversized || this.#pending.length + bytes.length > this.#maxEventBytes;
    if (tooLong && !this.#wholeUnlessLf) {
      this.#oversized = true;
      events.push({ data: '', raw: this.#pending.take(bytes) });
    } else {
      this.#pending.append(bytes);
    }
  }

  #take(last: Uint8Array): SseEvent {
    const raw = this.#pending.take(last);
    const tooLong = this.#oversized || raw.length > this.#maxEventBytes;
    const first = this.#atStart;
    this.#oversized = false;
    this.#atStart = false;
    return tooLong ? { data: '', raw } : new BlockEvent(raw, first);
  }
}

/** An event whose lines are read when somebody asks for them, since most of a long stream's events need not be. */
class BlockEvent implements SseEvent {
  #block: SseBlock | undefined;

  constructor(
    readonly raw: Uint8Array,
    private readonly first: boolean,
  ) {}

  get data(): string {
    return this.#read().data;
  }

  get event(): string | undefined {
    return this.#read().event;
  }

  #read(): SseBlock {
    return (this.#block ??= parseSseBlock(this.raw, this.first));
  }
}

/** Finds the line ends of one chunk, searching for each kind only past where the last search for it ended. */
class LineEnds {
  #lf = -2;
  #cr = -2;

  constructor(private readonly chunk: Uint8Array) {}

  /** Index of the first CR or LF at `from` or later, or -1. `from` must not decrease. */
  next(from: number): number {
    if (this.#lf !== -1 && this.#lf < from) this.#lf = this.chunk.indexOf(LF, from);
    if (this.#cr !== -1 && this.#cr < from) this.#cr = this.chunk.indexOf(CR, from);
    if (this.#lf === -1) return this.#cr;
    return this.#cr === -1 ? this.#lf : Math.min(this.#lf, this.#cr);
  }
}
