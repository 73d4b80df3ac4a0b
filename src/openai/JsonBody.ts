import { ByteBuffer } from './ByteBuffer.js';
import { JsonDigest } from './JsonDigest.js';
import { parseJson } from './parseJson.js';

/** Up to here a body is held and parsed as a whole. */
const MAX_HELD = 1024 * 1024;

/** Reads a JSON body as it comes: as a whole where it is small, else what tells of the call. Holds at most 2 MB. */
export class JsonBody {
  readonly #held = new ByteBuffer();
  #digest: JsonDigest | undefined;
  #length = 0;

  /** Bytes that have come. */
  get length(): number {
    return this.#length;
  }

  push(chunk: Uint8Array): void {
    this.#length += chunk.length;
    if (this.#digest === undefined && this.#length > MAX_HELD) {
      this.#digest = new JsonDigest();
      this.#digest.push(this.#held.take());
    }
    if (this.#digest === undefined) this.#held.append(chunk);
    else this.#digest.push(chunk);
  }

  /** The value, of a large one its outer parts; undefined when what came is no JSON. */
  end(): unknown {
    if (this.#digest !== undefined) return this.#digest.end();
    const bytes = this.#held.take();
    return parseJson(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8'));
  }
}
