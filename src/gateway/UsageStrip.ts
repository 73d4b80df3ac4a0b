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
  const kept = events.map(forClient).filter((bytes) => bytes !== undefined);
  const [first] = kept;
  // Mostly it is one event, of which no copy is needed.
  return { bytes: first !== undefined && kept.length === 1 ? first : Buffer.concat(kept), events };
}

const USAGE = Buffer.from('"usage"');
const NULL_USAGE = Buffer.from(',"usage":null');
/** What stands behind it as OpenAI writes its chunks, so that it is a member of the whole and no string's text. */
const REST = /^(?:,"obfuscation":"[\w-]*")?\}\n\n$/;
const START = 'data: {';
const LONGEST_REST = 200;
const LF = 0x0a;

/** The same as `withoutUsage`, of nearly every event without reading it. */
function forClient(event: SseEvent): Buffer | undefined {
  const bytes = asBuffer(event.raw);
  if (!bytes.includes(USAGE)) return bytes;
  const at = bytes.lastIndexOf(NULL_USAGE);
  const end = at + NULL_USAGE.length;
  const isUsual =
    at !== -1 &&
    bytes.length - end <= LONGEST_REST &&
    bytes.indexOf(LF) === bytes.length - 2 &&
    bytes.toString('latin1', 0, START.length) === START &&
    REST.test(bytes.toString('latin1', end));
  if (isUsual) return Buffer.concat([bytes.subarray(0, at), bytes.subarray(end)]);
  const without = withoutUsage(event);
  return without && asBuffer(without);
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
