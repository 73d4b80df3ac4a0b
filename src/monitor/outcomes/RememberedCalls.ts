import type { OutcomeLabels } from './OutcomeSeries.js';

/** Longer ids are nobody's but a mistake's. */
const MAX_ID = 200;

/** More are remembered of nobody's calls, whatever is asked for: 240 MB. */
const MOST_CALLS = 10_000_000;

const HASH_SEEDS = [0x811c9dc5, 0x9747b28c] as const;
const HASH_FACTORS = [0x01000193, 0x5bd1e995] as const;
const TWO_TO_21 = 2 ** 21;

/** A call that is remembered, for as long as no other one has its place. */
export interface RememberedCall {
  /** Milliseconds of the clock that told its start. */
  readonly startedAt: number;
  /** Undefined until the call has ended. */
  readonly labels: OutcomeLabels | undefined;
  /** What was told of it; what is added is kept with the call. */
  readonly outcomes: Set<string>;
}

/**
 * The last `maxCalls` that began, by their ids, in 24 bytes each. Of an id only a number of 53 bits is kept: to hold the
 * text of every call costs the garbage collector more than all that is measured of it. That two of 100,000 ids share a
 * number happens once in two million times.
 */
export class RememberedCalls {
  readonly #keys: Float64Array;
  readonly #startedAt: Float64Array;
  readonly #labels: (OutcomeLabels | undefined)[] = [];
  /** Of the few calls that somebody has told of. */
  readonly #outcomes = new Map<number, Set<string>>();
  /** Places of all, made when somebody asks for the first time. */
  #places: Map<number, number> | undefined;
  #begun = 0;

  private readonly maxCalls: number;

  /** @param maxCalls a part of a call is none, and so is less than none */
  constructor(maxCalls: number) {
    this.maxCalls = Math.min(Math.max(0, Math.floor(maxCalls)), MOST_CALLS);
    this.#keys = new Float64Array(this.maxCalls);
    this.#startedAt = new Float64Array(this.maxCalls);
  }

  /** Returns how many calls began before it, by which the call is known from now on; undefined when it isn't remembered. */
  begin(id: string, startedAt: number): number | undefined {
    if (this.maxCalls < 1 || id.length > MAX_ID) return undefined;
    const place = this.#begun % this.maxCalls;
    if (this.#begun >= this.maxCalls) this.#forget(place);
    const key = keyOf(id);
    this.#keys[place] = key;
    this.#startedAt[place] = startedAt;
    this.#labels[place] = undefined;
    this.#places?.set(key, place);
    this.#begun += 1;
    return this.#begun - 1;
  }

  /** Ends a call, by what it is counted from now on. Returns what was told of it before, if anything was. */
  end(nth: number, labels: OutcomeLabels): ReadonlySet<string> | undefined {
    if (this.#begun - nth > this.maxCalls) return undefined;
    const place = nth % this.maxCalls;
    this.#labels[place] = labels;
    return this.#outcomes.get(place);
  }

  /** Of those that share an id the last. */
  get(id: string): RememberedCall | undefined {
    this.#places ??= this.#allPlaces();
    const place = this.#places.get(keyOf(id));
    if (place === undefined) return undefined;
    const outcomes = this.#outcomes.get(place) ?? new Set();
    this.#outcomes.set(place, outcomes);
    return { startedAt: this.#startedAt[place] ?? 0, labels: this.#labels[place], outcomes };
  }

  #forget(place: number): void {
    this.#outcomes.delete(place);
    const key = this.#keys[place] ?? 0;
    if (this.#places?.get(key) === place) this.#places.delete(key);
  }

  #allPlaces(): Map<number, number> {
    const places = new Map<number, number>();
    for (let nth = Math.max(0, this.#begun - this.maxCalls); nth < this.#begun; nth += 1) {
      const place = nth % this.maxCalls;
      places.set(this.#keys[place] ?? 0, place);
    }
    return places;
  }
}

/** Two hashes of 32 bits (FNV-1a, and the same with another factor), of which 53 bits are taken. */
function keyOf(id: string): number {
  let [one, other]: [number, number] = [HASH_SEEDS[0], HASH_SEEDS[1]];
  for (let at = 0; at < id.length; at += 1) {
    const code = id.charCodeAt(at);
    one = Math.imul(one ^ code, HASH_FACTORS[0]);
    other = Math.imul(other ^ code, HASH_FACTORS[1]);
  }
  return (one >>> 0) * TWO_TO_21 + (other >>> 11);
}
