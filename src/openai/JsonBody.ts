import { ByteBuffer } from './ByteBuffer.js';
import { JsonDigest } from './JsonDigest.js';
import { parseJson } from './parseJson.js';

/** Up to here a body is held and parsed as a whole. */
const MAX_HELD = 1024 * 1024;

/**
 * Reads a JSON body as it comes: as a whole where it is small, else what tells of the call. Holds at most 2 MB. Chunks
 * must not be written to afterwards.
 */
export class JsonBody {
  #first: Uint8Array | undefined;
  #held: ByteBuffer | undefined;
  #digest: JsonDigest | undefined;
  #length = 0;

  /** Bytes that have come. */
  get length(): number {
    return this.#length;
  }

  /** Whether `end` tells the value as it came, with nothing left out. */
  get isWhole(): boolean {
    return this.#digest === undefined;
  }

  push(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    this.#length += chunk.length;
    if (this.#digest !== undefined) {
      this.#digest.push(chunk);
    } else if (this.#length > MAX_HELD) {
      this.#digest = new JsonDigest();
      this.#digest.push(this.#takeHeld());
      this.#digest.push(chunk);
    } else if (this.#length === chunk.length) {
      // Mostly a body comes as one chunk, of which no copy is needed.
      this.#first = chunk;
    } else {
      this.#held ??= new ByteBuffer();
      if (this.#first !== undefined) this.#held.append(this.#first);
      this.#first = undefined;
      this.#held.append(chunk);
    }
  }

  /** The value, of a large one its outer parts; undefined when what came is no JSON. */
  end(): unknown {
    if (this.#digest !== undefined) return this.#digest.end();
    const bytes = this.#takeHeld();
    return parseJson(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8'));
  }

  #takeHeld(): Uint8Array {
    const bytes = this.#first ?? this.#held?.take() ?? new Uint8Array();
    this.#first = undefined;
    return bytes;
  }
}
