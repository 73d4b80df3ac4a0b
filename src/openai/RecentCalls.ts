/** Longer ids are nobody's but a mistake's, and would be kept. */
const MAX_ID = 200;

/**
 * What is kept by ids: of the last `maxCalls / 2` at least and of never more than `maxCalls`. It stands
 * in two maps of which the older one is dropped whole, for a map that is emptied from its beginning gets slow.
 */
export class RecentCalls<V> {
  #young = new Map<string, V>();
  #old = new Map<string, V>();

  constructor(private readonly maxCalls: number) {}

  set(id: string, value: V): void {
    if (this.maxCalls < 1 || id.length > MAX_ID) return;
    if (this.#young.size >= Math.ceil(this.maxCalls / 2)) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(id, value);
  }

  get(id: string): V | undefined {
    return this.#young.get(id) ?? this.#old.get(id);
  }
}
