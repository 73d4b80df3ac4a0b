import { labelText } from './labelText.js';

/** The labels of one series, every label of its metric included. */
export type Labels = Readonly<Record<string, string>>;

/** One call that stands for the others of its bucket: its trace can be looked at. */
export interface Exemplar {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  readonly value: number;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
}

/** A counter or a gauge as it stood at one moment. */
export interface ValueReading {
  readonly labelText: string;
  readonly value: number;
}

/** A histogram as it stood at one moment. */
export interface HistogramReading {
  readonly labelText: string;
  readonly sum: number;
  readonly count: number;
  /** By bucket, not cumulated. */
  readonly counts: readonly number[];
  /** By bucket, that without a bound last; absent when there never was one. */
  readonly exemplars: readonly (Exemplar | undefined)[] | undefined;
}

/** Counts up. A plain field, since it is added to on the path of the measured call. */
export class CounterSeries {
  readonly labelText: string;
  value = 0;
  /** False takes the series out of what is exported, for a 0 that would be a lie. */
  exported = true;

  constructor(readonly labels: Labels) {
    this.labelText = labelText(labels);
  }

  /** Adds a finite amount of 0 or more; anything else would poison every later sum and is left out. */
  add(amount = 1): void {
    if (amount >= 0 && amount < Infinity) this.value += amount;
  }

  read(): ValueReading {
    return { labelText: this.labelText, value: this.value };
  }

  reset(): void {
    this.value = 0;
  }
}

export class GaugeSeries {
  readonly labelText: string;
  value = 0;

  constructor(readonly labels: Labels) {
    this.labelText = labelText(labels);
  }

  /** Sets a finite value; leaves out anything else. */
  set(value: number): void {
    if (Number.isFinite(value)) this.value = value;
  }

  add(amount: number): void {
    if (Number.isFinite(amount)) this.value += amount;
  }

  read(): ValueReading {
    return { labelText: this.labelText, value: this.value };
  }

  reset(): void {
    this.value = 0;
  }
}

export class HistogramSeries {
  readonly labelText: string;
  sum = 0;
  count = 0;
  /** Observations by bucket, not cumulated; those above the last bound are in `count` alone. */
  readonly counts: number[];
  /** The last one of each bucket. */
  #exemplars: (Exemplar | undefined)[] | undefined;

  constructor(
    readonly labels: Labels,
    readonly bounds: readonly number[],
  ) {
    this.labelText = labelText(labels);
    this.counts = bounds.map(() => 0);
  }

  /** Observes a finite value of 0 or more, of the trace given if any; leaves out anything else. */
  observe(value: number, traceId?: string, timestamp = 0): void {
    if (!(value >= 0 && value < Infinity)) return;
    const { bounds, counts } = this;
    this.sum += value;
    this.count += 1;
    let bucket = 0;
    while (bucket < bounds.length && value > (bounds[bucket] ?? Infinity)) bucket += 1;
    if (bucket < bounds.length) counts[bucket] = (counts[bucket] ?? 0) + 1;
    if (traceId === undefined) return;
    this.#exemplars ??= [...bounds.map(() => undefined), undefined];
    this.#exemplars[bucket] = { traceId, value, timestamp };
  }

  read(): HistogramReading {
    const { labelText, sum, count, counts } = this;
    return { labelText, sum, count, counts: counts.slice(), exemplars: this.#exemplars?.slice() };
  }

  reset(): void {
    this.sum = 0;
    this.count = 0;
    this.counts.fill(0);
    this.#exemplars = undefined;
  }
}
