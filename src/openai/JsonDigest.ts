import { QUOTE, BACKSLASH, OPEN, CLOSE, OPEN_ARRAY, CLOSE_ARRAY, SPACE } from './ascii.js';
import { ByteBuffer } from './ByteBuffer.js';
import { parseJson } from './parseJson.js';

/** Longer strings become empty: pictures, sounds, embeddings, texts. */
const LONGEST_STRING = 256;
/** Containers further inside than these become null. What the API tells of a call stands above them. */
const DEEPEST_OBJECT = 5;
const DEEPEST_ARRAY = 3;
/** From this size on every container further inside than the second becomes null, and from the other on nothing is read. */
const FULL = 512 * 1024;
const TOO_MUCH = 1024 * 1024;

const NULL = Buffer.from('null');
const QUOTE_BYTE = Buffer.from('"');

/**
 * Reads a JSON text of any size, however it is cut into chunks, and keeps what may tell of a call: the outer parts and
 * short strings. Holds at most 1 MB of it. Looks at every byte once, at those of long strings not even that. Never throws.
 */
export class JsonDigest {
  readonly #kept = new ByteBuffer();
  readonly #string = new ByteBuffer();
  #depth = 0;
  /** The depth at which the container began that is left out; 0 when none is. */
  #leftOut = 0;
  #inString = false;
  #stringLength = 0;
  /** Whether the chunk before ended in the middle of an escape. */
  #escaped = false;
  #readable = true;

  push(chunk: Uint8Array): void {
    for (let at = 0; this.#readable && at < chunk.length;) {
      at = this.#inString ? this.#readString(chunk, at) : this.#readOthers(chunk, at);
      if (this.#kept.length > TOO_MUCH) this.#readable = false;
    }
    if (!this.#readable) this.#kept.take();
  }

  /** What is known of the value; undefined when what came is no JSON or more than can be held. */
  end(): unknown {
    const kept = this.#kept.take();
    return this.#readable && this.#depth === 0 ? parseJson(Buffer.from(kept).toString('utf8')) : undefined;
  }

  /** Reads to the next quote and returns where to go on. */
  #readOthers(chunk: Uint8Array, from: number): number {
    let copiedTo = from;
    const copy = (to: number): void => {
      if (this.#leftOut === 0 && to > copiedTo) this.#kept.append(chunk.subarray(copiedTo, to));
    };
    for (let at = from; at < chunk.length; at += 1) {
      const byte = chunk[at] ?? SPACE;
      if (byte === QUOTE) {
        copy(at);
        this.#inString = true;
        this.#stringLength = 0;
        return at + 1;
      }
      if (byte === OPEN || byte === OPEN_ARRAY) {
        this.#depth += 1;
        if (this.#leftOut === 0 && this.#isTooDeep(byte)) {
          copy(at);
          this.#leftOut = this.#depth;
          this.#kept.append(NULL);
        }
      } else if (byte === CLOSE || byte === CLOSE_ARRAY) {
        this.#depth -= 1;
        if (this.#leftOut > 0 && this.#depth < this.#leftOut) {
          this.#leftOut = 0;
          copiedTo = at + 1;
        }
      }
    }
    copy(chunk.length);
    return chunk.length;
  }

  #isTooDeep(byte: number): boolean {
    if (this.#kept.length > FULL) return this.#depth > 2;
    return this.#depth > (byte === OPEN_ARRAY ? DEEPEST_ARRAY : DEEPEST_OBJECT);
  }

  /** Reads to the end of the string and returns where to go on. */
  #readString(chunk: Uint8Array, from: number): number {
    for (let quote = chunk.indexOf(QUOTE, from); quote !== -1; quote = chunk.indexOf(QUOTE, quote + 1)) {
      if (this.#isEscaped(chunk, from, quote)) continue;
      this.#keepString(chunk, from, quote);
      this.#escaped = false;
      this.#inString = false;
      this.#endString();
      return quote + 1;
    }
    this.#escaped = this.#isEscaped(chunk, from, chunk.length);
    this.#keepString(chunk, from, chunk.length);
    return chunk.length;
  }

  /** Whether an odd number of backslashes stands before `at`, those of the chunk before included. */
  #isEscaped(chunk: Uint8Array, from: number, at: number): boolean {
    let first = at;
    while (first > from && chunk[first - 1] === BACKSLASH) first -= 1;
    const odd = (at - first) % 2 === 1;
    return first === from && this.#escaped ? !odd : odd;
  }

  #keepString(chunk: Uint8Array, from: number, to: number): void {
    if (this.#leftOut > 0) return;
    this.#stringLength += to - from;
    if (this.#stringLength <= LONGEST_STRING) this.#string.append(chunk.subarray(from, to));
  }

  #endString(): void {
    if (this.#leftOut > 0) return;
    this.#kept.append(QUOTE_BYTE);
    const text = this.#string.take();
    if (this.#stringLength <= LONGEST_STRING) this.#kept.append(text);
    this.#kept.append(QUOTE_BYTE);
  }
}
