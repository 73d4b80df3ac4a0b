import { SseParser, type SseEvent } from '../openai/sse.js';
import { withoutUsage } from '../openai/withoutUsage.js';

/** What comes of some bytes of a stream. */
export interface Stripped {
  /** What the client gets of them; empty while an event is not whole. */
  readonly bytes: Buffer;
  readonly events: readonly SseEvent[];
}

/**
 * Takes out of a chat stream what came into it because usage was asked for: the extra chunk, and `"usage":null` in
 * the others. What remains is, byte for byte, what the client's own request would have brought. Passes on events as
 * they become whole, since a client can do nothing with a part of one.
 */
export class UsageStrip {
  readonly #parser = new SseParser();

  push(chunk: Buffer): Stripped {
    return strip(this.#parser.push(chunk));
  }

  /** What is left when the stream ends or breaks off. */
  end(): Stripped {
    const last = this.#parser.end();
    return strip(last === undefined ? [] : [last]);
  }
}

function strip(events: readonly SseEvent[]): Stripped {
  const kept = events.map(withoutUsage).filter((bytes) => bytes !== undefined);
  const [first] = kept;
  // Mostly it is one event, of which no copy is needed.
  const bytes = first !== undefined && kept.length === 1 ? asBuffer(first) : Buffer.concat(kept);
  return { bytes, events };
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
