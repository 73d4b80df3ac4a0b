const SMALLEST = 4096;
const NONE = new Uint8Array();

/** Gathers bytes until they are taken. Grows by doubling, so that even single bytes cost their own number in all. */
export class ByteBuffer {
  #bytes = NONE;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  append(bytes: Uint8Array): void {
    const needed = this.#length + bytes.length;
    if (needed > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(SMALLEST, this.#bytes.length * 2, needed));
      grown.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = grown;
    }
    this.#bytes.set(bytes, this.#length);
    this.#length = needed;
  }

  /** Everything gathered with `last` behind it, leaving none. Without anything gathered it is `last` itself. */
  take(last: Uint8Array = NONE): Uint8Array {
    if (this.#length === 0) return last;
    this.append(last);
    const taken = this.#bytes.subarray(0, this.#length);
    this.#bytes = NONE;
    this.#length = 0;
    return taken;
  }
}
