import { createHash } from 'node:crypto';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Random numbers that are the same for the same seed, on every machine. */
export class Random {
  readonly #generator: RandomGenerator;

  /** What stands in `seed`, in this order, decides every number that follows. */
  constructor(...seed: readonly (string | number | Uint8Array)[]) {
    const hash = createHash('sha256');
    for (const part of seed) hash.update(typeof part === 'number' ? String(part) : part).update('\0');
    const digest = hash.digest();
    // A state of four zeros would stay zero for ever; one bit makes that impossible.
    this.#generator = xoroshiro128plusFromState([
      digest.readInt32LE(0) | 1,
      digest.readInt32LE(4),
      digest.readInt32LE(8),
      digest.readInt32LE(12),
    ]);
  }

  /** 0 or more, below 1. */
  float(): number {
    return uniformFloat64(this.#generator);
  }

  /** A whole number from `min` to `max`, both included. */
  int(min: number, max: number): number {
    return min + Math.floor(this.float() * (max - min + 1));
  }

  chance(probability: number): boolean {
    return this.float() < probability;
  }

  pick<T>(items: readonly [T, ...T[]]): T {
    return items[this.int(0, items.length - 1)] ?? items[0];
  }

  /** The standard normal distribution, by Box and Muller. */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.float())) * Math.cos(2 * Math.PI * this.float());
  }

  /** Half of the values are below `median`; 95 % are below median × e^(1.645 × sigma). */
  logNormal(median: number, sigma: number): number {
    return median * Math.exp(sigma * this.normal());
  }

  /** The gap to the next arrival of a Poisson process, in the unit of `mean`. */
  exponential(mean: number): number {
    return -mean * Math.log(1 - this.float());
  }

  /** Letters and digits, as in the ids of the API. */
  id(length: number): string {
    return Array.from({ length }, () => LETTERS[this.int(0, LETTERS.length - 1)]).join('');
  }
}
