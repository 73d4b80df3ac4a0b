import type { Registry } from 'prom-client';
import { MetricConflictError } from '../../errors.js';
import { METRICS, type LabelOf, type MetricKey } from '../../metrics/catalogue.js';
import type { MetricSpec, MetricType } from '../../metrics/spec.js';
import { StoredCounter, StoredGauge, StoredHistogram, type StoredMetric } from './metrics.js';
import type { CounterSeries, GaugeSeries, HistogramSeries, Labels } from './series.js';

/** The keys of the catalogue's rows of one type. */
type KeyOf<T extends MetricType> = { [K in MetricKey]: (typeof METRICS)[K]['type'] extends T ? K : never }[MetricKey];
type LabelsOf<K extends MetricKey> = Readonly<Record<LabelOf<K>, string>>;

/** Every row of the metric catalogue, registered; its series by key and labels. */
export class Catalogue {
  readonly #metrics: ReadonlyMap<string, StoredMetric>;

  /** @throws MetricConflictError when the registry holds a metric of one of these names already. */
  constructor(registry: Registry, attributionLabels: readonly string[]) {
    const rows: readonly MetricSpec[] = Object.values(METRICS);
    this.#metrics = new Map(
      rows.map((spec) => {
        const labels = spec.attribution === true ? [...spec.labels, ...attributionLabels] : spec.labels;
        return [spec.name, register(spec, labels, registry)];
      }),
    );
  }

  /** The metric of this name, if it is one of the catalogue. */
  find(name: string): StoredMetric | undefined {
    return this.#metrics.get(name);
  }

  /** Has `refresh` called each time before the series of any metric are read out or reset. */
  beforeReadingAny(refresh: () => void): void {
    for (const { table } of this.#metrics.values()) table.refresh = refresh;
  }

  /** The same for the series of one metric alone. */
  beforeReading(key: MetricKey, refresh: () => void): void {
    const metric = this.find(METRICS[key].name);
    if (metric !== undefined) metric.table.refresh = refresh;
  }

  counter<K extends KeyOf<'counter'>>(key: K, labels: LabelsOf<K>, attribution?: Labels): CounterSeries {
    const metric = this.find(METRICS[key].name);
    if (!(metric instanceof StoredCounter)) throw notA('counter', key);
    return metric.table.at({ ...attribution, ...labels });
  }

  gauge<K extends KeyOf<'gauge'>>(key: K, labels: LabelsOf<K>): GaugeSeries {
    const metric = this.find(METRICS[key].name);
    if (!(metric instanceof StoredGauge)) throw notA('gauge', key);
    return metric.table.at(labels);
  }

  histogram<K extends KeyOf<'histogram'>>(key: K, labels: LabelsOf<K>): HistogramSeries {
    const metric = this.find(METRICS[key].name);
    if (!(metric instanceof StoredHistogram)) throw notA('histogram', key);
    return metric.table.at(labels);
  }
}

/**
 * Registers one metric.
 * @throws MetricConflictError when the registry holds one of this name already.
 */
export function register(spec: MetricSpec, labels: readonly string[], registry: Registry): StoredMetric {
  if (registry.getSingleMetric(spec.name) !== undefined) {
    throw new MetricConflictError(spec.name, 'is in this registry already, from another reporter or the application');
  }
  if (spec.type === 'counter') return new StoredCounter(spec, labels, registry);
  return spec.type === 'gauge' ? new StoredGauge(spec, labels, registry) : new StoredHistogram(spec, labels, registry);
}

const notA = (type: MetricType, key: MetricKey): Error => new MetricConflictError(METRICS[key].name, `is no ${type}`);
