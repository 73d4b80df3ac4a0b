import { SseParser, type SseEvent } from '../openai/sse.js';
import { withoutUsage } from '../openai/withoutUsage.js';
import { passUsualDeltas } from './usualDeltas.js';

/**
 * Takes out of a chat stream what came into it because usage was asked for: the extra chunk, and `"usage":null` in
 * the others. What remains is, byte for byte, what the client's own request would have brought. Passes on events as
 * they become whole, since a client can do nothing with a part of one.
 */
export class UsageStrip {
  readonly #parser = new SseParser();
  /** Only the parser knows what a byte order mark before the first event means. */
  #begun = false;

  /** What the client gets of these bytes, in pieces; none while an event is not whole. */
  push(chunk: Buffer): Buffer[] {
    const pieces: Buffer[] = [];
    const from = this.#begun && this.#parser.isBetweenEvents ? passUsualDeltas(chunk, pieces) : 0;
    if (from < chunk.length) {
      this.#begun = true;
      for (const event of this.#parser.push(chunk.subarray(from))) pass(event, pieces);
    }
    return pieces;
  }

  /** What is left when the stream ends or breaks off. */
  end(): Buffer[] {
    const pieces: Buffer[] = [];
    const last = this.#parser.end();
    if (last !== undefined) pass(last, pieces);
    return pieces;
  }
}

function pass(event: SseEvent, pieces: Buffer[]): void {
  const raw = asBuffer(event.raw);
  if (passUsualDeltas(raw, pieces) === raw.length) return;
  const passed = raw.includes('"usage"') ? withoutUsage(event) : raw;
  if (passed !== undefined) pieces.push(asBuffer(passed));
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
