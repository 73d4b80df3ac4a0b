/** The labels of one series, every label of its metric included. */
export type Labels = Readonly<Record<string, string>>;

/** Counts up. A plain field, since it is added to on the path of the measured call. */
export class CounterSeries {
  value = 0;
  /** False takes the series out of what is exported, for a 0 that would be a lie. */
  exported = true;

  constructor(readonly labels: Labels) {}

  /** Adds a finite amount of 0 or more; anything else would poison every later sum and is left out. */
  add(amount = 1): void {
    if (amount >= 0 && amount < Infinity) this.value += amount;
  }

  reset(): void {
    this.value = 0;
  }
}

export class GaugeSeries {
  value = 0;

  constructor(readonly labels: Labels) {}

  /** Sets a finite value; leaves out anything else. */
  set(value: number): void {
    if (Number.isFinite(value)) this.value = value;
  }

  add(amount: number): void {
    if (Number.isFinite(amount)) this.value += amount;
  }

  reset(): void {
    this.value = 0;
  }
}

export class HistogramSeries {
  sum = 0;
  count = 0;
  /** Observations by bucket, not cumulated; those above the last bound are in `count` alone. */
  readonly counts: number[];

  constructor(
    readonly labels: Labels,
    readonly bounds: readonly number[],
  ) {
    this.counts = bounds.map(() => 0);
  }

  /** Observes a finite value of 0 or more; leaves out anything else. */
  observe(value: number): void {
    if (!(value >= 0 && value < Infinity)) return;
    this.sum += value;
    this.count += 1;
    const bucket = this.bounds.findIndex((bound) => value <= bound);
    if (bucket >= 0) this.counts[bucket] = (this.counts[bucket] ?? 0) + 1;
  }

  reset(): void {
    this.sum = 0;
    this.count = 0;
    this.counts.fill(0);
  }
}
