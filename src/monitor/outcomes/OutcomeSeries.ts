import type { Tags } from '../MetricsReporter.js';

/** Calls that are counted alike: the labels of ai_user_outcomes_total without the outcome. */
export interface OutcomeLabels {
  readonly provider: string;
  readonly model: string;
  readonly latency_band: string;
  readonly ttft_band: string;
}

/** Combinations that are told apart; past it the model is `other`, as past the cap of a label. */
const MAX_SERIES = 10_000;
/** Combinations of which every outcome begins at 0. */
const MAX_AT_ZERO = 100;

/**
 * Counts outcomes. Once there are any, the outcomes of a combination begin at 0 when the first call of it ends: the
 * increase of a counter that is born at 1 would lose the first.
 */
export class OutcomeSeries {
  readonly #series = new Map<string, OutcomeLabels>();
  #last: OutcomeLabels | undefined;
  #used = false;

  constructor(
    private readonly names: readonly string[],
    private readonly count: (value: number, tags: Tags) => void,
  ) {}

  /** The one object for equal labels, so that many calls don't hold as many copies. */
  of(labels: OutcomeLabels): OutcomeLabels {
    if (this.#last !== undefined && areSame(this.#last, labels)) return this.#last;
    const found = this.#find(labels);
    this.#last = found;
    return found;
  }

  #find(labels: OutcomeLabels): OutcomeLabels {
    const key = `${labels.provider}\0${labels.model}\0${labels.latency_band}\0${labels.ttft_band}`;
    const known = this.#series.get(key);
    if (known !== undefined) return known;
    if (this.#series.size >= MAX_SERIES) return { ...labels, model: 'other' };
    this.#series.set(key, labels);
    if (this.#used && this.#series.size <= MAX_AT_ZERO) this.#atZero(labels);
    return labels;
  }

  add(outcome: string, labels: OutcomeLabels): void {
    this.#use();
    this.count(1, { ...labels, outcome });
  }

  #use(): void {
    if (this.#used) return;
    this.#used = true;
    for (const labels of [...this.#series.values()].slice(0, MAX_AT_ZERO)) this.#atZero(labels);
  }

  #atZero(labels: OutcomeLabels): void {
    for (const outcome of this.names) this.count(0, { ...labels, outcome });
  }
}

function areSame(one: OutcomeLabels, other: OutcomeLabels): boolean {
  return (
    one.model === other.model &&
    one.latency_band === other.latency_band &&
    one.ttft_band === other.ttft_band &&
    one.provider === other.provider
  );
}
