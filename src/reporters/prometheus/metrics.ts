import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { MetricSpec } from '../../metrics/spec.js';
import { samplesOf, type Sample } from './samples.js';
import { CounterSeries, GaugeSeries, HistogramSeries, type Labels, type ValueReading } from './series.js';
import { SeriesTable } from './SeriesTable.js';

/*
 * prom-client's classes, registered as usual, whose values come from our own series when a registry asks for them.
 * A call then costs an addition to a plain field in place of a hash of its labels. /metrics is written from the series
 * themselves (exposition/); these methods are for an application that asks its registry. A registry prefers
 * `getForPromString` over `get` when it writes text, and renders one object of `sharedLabels` only once.
 */

export class StoredCounter extends Counter {
  readonly #table: SeriesTable<CounterSeries>;

  constructor(
    readonly spec: MetricSpec,
    labelNames: readonly string[],
    registry: Registry,
  ) {
    super({ name: spec.name, help: spec.help, labelNames, registers: [registry] });
    this.#table = new SeriesTable(labelNames, (labels) => new CounterSeries(labels));
  }

  get table(): SeriesTable<CounterSeries> {
    return this.#table;
  }

  /** Its series as they stand now. */
  readings(): ValueReading[] {
    return this.#exported().map((series) => series.read());
  }

  override async get(): ReturnType<Counter['get']> {
    return { ...(await super.get()), values: this.#exported().map(flat) };
  }

  getForPromString(): Promise<Text> {
    return Promise.resolve(textOf(this.spec, this.#exported().map(shared)));
  }

  /** prom-client's constructor calls this too, before there is a table. */
  override reset(): void {
    super.reset();
    if (#table in this) this.#table.reset();
  }

  #exported(): CounterSeries[] {
    return this.#table.all().filter(({ exported }) => exported);
  }
}

export class StoredGauge extends Gauge {
  readonly #table: SeriesTable<GaugeSeries>;

  constructor(
    readonly spec: MetricSpec,
    labelNames: readonly string[],
    registry: Registry,
  ) {
    super({ name: spec.name, help: spec.help, labelNames, registers: [registry] });
    this.#table = new SeriesTable(labelNames, (labels) => new GaugeSeries(labels));
  }

  get table(): SeriesTable<GaugeSeries> {
    return this.#table;
  }

  /** Its series as they stand now. */
  readings(): ValueReading[] {
    return this.#table.all().map((series) => series.read());
  }

  override async get(): ReturnType<Gauge['get']> {
    return { ...(await super.get()), values: this.#table.all().map(flat) };
  }

  getForPromString(): Promise<Text> {
    return Promise.resolve(textOf(this.spec, this.#table.all().map(shared)));
  }

  override reset(): void {
    super.reset();
    if (#table in this) this.#table.reset();
  }
}

export class StoredHistogram extends Histogram {
  readonly #table: SeriesTable<HistogramSeries>;

  constructor(
    readonly spec: MetricSpec,
    labelNames: readonly string[],
    registry: Registry,
  ) {
    const bounds = spec.buckets ?? [];
    super({ name: spec.name, help: spec.help, labelNames, buckets: [...bounds], registers: [registry] });
    this.#table = new SeriesTable(labelNames, (labels) => new HistogramSeries(labels, bounds));
  }

  get table(): SeriesTable<HistogramSeries> {
    return this.#table;
  }

  /** `get` of prom-client's histogram is made from this as well. */
  getForPromString(): Promise<Text> {
    return Promise.resolve(
      textOf(
        this.spec,
        this.#table.all().flatMap((series) => samplesOf(this.spec.name, series)),
      ),
    );
  }

  override reset(): void {
    super.reset();
    if (#table in this) this.#table.reset();
  }
}

export type StoredMetric = StoredCounter | StoredGauge | StoredHistogram;

export function isStored(metric: unknown): metric is StoredMetric {
  return metric instanceof StoredCounter || metric instanceof StoredGauge || metric instanceof StoredHistogram;
}

/** A metric as a registry takes it to write text. */
interface Text {
  readonly name: string;
  readonly help: string;
  readonly type: string;
  readonly aggregator: 'sum';
  readonly values: readonly Sample[];
}

const textOf = ({ name, help, type }: MetricSpec, values: readonly Sample[]): Text => ({
  name,
  help,
  type,
  aggregator: 'sum',
  values,
});

const flat = ({ value, labels }: { value: number; labels: Labels }) => ({ value, labels: { ...labels } });
const shared = ({ value, labels }: { value: number; labels: Labels }): Sample => ({
  value,
  labels: {},
  sharedLabels: labels,
});
