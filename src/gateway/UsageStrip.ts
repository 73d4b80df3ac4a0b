import { SseParser, type SseEvent } from '../openai/sse.js';
import { isUsageOnly } from '../openai/StreamObserver.js';
import { findMember, skipSpace } from './jsonMember.js';

const OPEN = 0x7b;
const COMMA = 0x2c;

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
  const kept = events.filter((event) => !isUsageOnly(event)).map(withoutNullUsage);
  return { bytes: kept.length === 1 && kept[0] !== undefined ? kept[0] : Buffer.concat(kept), events };
}

function withoutNullUsage({ raw, data }: SseEvent): Buffer {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  if (!data.includes('"usage"')) return bytes;
  const member = findMember(bytes, 'usage', bytes.indexOf(OPEN));
  if (member === undefined || bytes.toString('latin1', member.value, member.end) !== 'null') return bytes;
  if (member.comma !== -1) return without(bytes, member.comma, member.end);
  const next = skipSpace(bytes, member.end);
  return without(bytes, member.key, bytes[next] === COMMA ? skipSpace(bytes, next + 1) : member.end);
}

function without(bytes: Buffer, start: number, end: number): Buffer {
  return Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)]);
}
