/** A map that forgets its oldest entry when a new one would make it larger than `limit`. */
export class BoundedMap<K, V> {
  readonly #entries = new Map<K, V>();

  constructor(private readonly limit: number) {}

  get size(): number {
    return this.#entries.size;
  }

  get(key: K): V | undefined {
    return this.#entries.get(key);
  }

  set(key: K, value: V): void {
    this.#entries.delete(key);
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size < this.limit) break;
      this.#entries.delete(oldest);
    }
    this.#entries.set(key, value);
  }
}
