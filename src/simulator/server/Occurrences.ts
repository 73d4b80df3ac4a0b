import { createHash } from 'node:crypto';

const SLOTS = 65_536;

/**
 * Counts how often the same request came, so that the answer to the third of its kind is the same in every run, in
 * whatever order other requests come between. Requests that share a slot share a count, which only makes their answers
 * depend on each other's order; memory stays the same.
 */
export class Occurrences {
  readonly #counts = new Uint32Array(SLOTS);

  next(path: string, body: Buffer): number {
    const slot = createHash('sha256').update(path).update('\0').update(body).digest().readUInt16LE(0);
    const count = this.#counts[slot] ?? 0;
    this.#counts[slot] = count + 1;
    return count;
  }
}
