export interface FailureLimiterOptions {
  /** How many tries may fail at once. */
  readonly burst?: number;
  /** Milliseconds after which one more may fail. */
  readonly refillMs?: number;
  /** How many are remembered; past that the longest unseen is forgotten. */
  readonly remembered?: number;
  /** Milliseconds on a clock that only goes forward. */
  readonly now?: () => number;
}

/** Room for a scraper with an old token beside one with the right one at the same address, and none for guessing. */
const DEFAULTS = { burst: 20, refillMs: 2000, remembered: 10_000, now: () => performance.now() } as const;

interface Bucket {
  left: number;
  at: number;
}

/** Bounds how often someone may fail to prove who they are: a bucket of tries for each that fills up again slowly. */
export class FailureLimiter {
  readonly #options: Required<FailureLimiterOptions>;
  readonly #buckets = new Map<string, Bucket>();

  constructor(options: FailureLimiterOptions = {}) {
    this.#options = { ...DEFAULTS, ...options };
  }

  /** Whole seconds until `who` may try again, 0 when they may now. */
  waitOf(who: string): number {
    const bucket = this.#buckets.get(who);
    if (bucket === undefined) return 0;
    const left = this.#leftIn(bucket);
    return left >= 1 ? 0 : Math.max(1, Math.ceil(((1 - left) * this.#options.refillMs) / 1000));
  }

  /** A try of `who` failed, or may: then {@link forgive} gives it back. */
  failed(who: string): void {
    const bucket = this.#buckets.get(who);
    const left = bucket === undefined ? this.#options.burst : this.#leftIn(bucket);
    this.#put(who, Math.max(0, left - 1));
  }

  forgive(who: string): void {
    const bucket = this.#buckets.get(who);
    if (bucket !== undefined) this.#put(who, Math.min(this.#options.burst, this.#leftIn(bucket) + 1));
  }

  #leftIn({ left, at }: Bucket): number {
    const { burst, refillMs, now } = this.#options;
    return Math.min(burst, left + (now() - at) / refillMs);
  }

  #put(who: string, left: number): void {
    this.#buckets.delete(who);
    this.#buckets.set(who, { left, at: this.#options.now() });
    if (this.#buckets.size <= this.#options.remembered) return;
    const oldest = this.#buckets.keys().next();
    if (oldest.done !== true) this.#buckets.delete(oldest.value);
  }
}
