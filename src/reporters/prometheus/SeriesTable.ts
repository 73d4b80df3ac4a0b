import { getOrAdd } from './getOrAdd.js';
import type { Labels } from './series.js';

/** The series of one metric, by their label values. */
export class SeriesTable<S extends { reset(): void }> {
  readonly #series = new Map<string, S>();
  /** Brings the series up to date before they are read out or reset. */
  refresh: (() => void) | undefined;

  constructor(
    readonly labelNames: readonly string[],
    private readonly create: (labels: Labels) => S,
  ) {
    if (labelNames.length === 0) this.at({});
  }

  /** The series of these labels, made at 0 when it is new. An absent label is the empty string. */
  at(given: Labels): S {
    return getOrAdd(this.#series, this.#keyOf(given), () =>
      this.create(Object.fromEntries(this.labelNames.map((name) => [name, given[name] ?? '']))),
    );
  }

  has(given: Labels): boolean {
    return this.#series.has(this.#keyOf(given));
  }

  get size(): number {
    return this.#series.size;
  }

  /** Every series, as it stands now. */
  all(): S[] {
    this.refresh?.();
    return [...this.#series.values()];
  }

  reset(): void {
    this.refresh?.();
    for (const series of this.#series.values()) series.reset();
  }

  /** NUL stands in no label value, so two sets of labels never share a key (prom-client's own hash lets them). */
  #keyOf(labels: Labels): string {
    let key = '';
    for (const name of this.labelNames) key += `${labels[name] ?? ''}\0`;
    return key;
  }
}
