import type { Registry } from 'prom-client';
import { MetricConflictError } from '../../errors.js';
import { DURATION_BUCKETS_MS } from '../../metrics/buckets.js';
import type { MetricType } from '../../metrics/spec.js';
import type { Tags } from '../../monitor/MetricsReporter.js';
import { register, type Catalogue } from './Catalogue.js';
import { LabelLimiter, OTHER } from './LabelLimiter.js';
import { StoredCounter, StoredGauge, StoredHistogram, type StoredMetric } from './metrics.js';
import type { CounterSeries, GaugeSeries, HistogramSeries, Labels } from './series.js';
import type { SeriesTable } from './SeriesTable.js';
import { tidyLabel } from './tidyLabel.js';

const METRIC_NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]{0,199}$/;
const LABEL_NAME = /^(?!__)[a-zA-Z_][a-zA-Z0-9_]{0,99}$/;

export interface GenericLimits {
  /** Metrics that can be made on demand. */
  readonly metrics: number;
  /** Series that one of them can have. */
  readonly series: number;
}

/** The metrics of `trackCounter`, `trackTiming` and `trackGauge`: those of the catalogue, and others made on demand. */
export class GenericMetrics {
  readonly #onDemand = new Map<string, StoredMetric>();

  constructor(
    private readonly registry: Registry,
    private readonly catalogue: Catalogue,
    private readonly limiter: LabelLimiter,
    private readonly limits: GenericLimits,
  ) {}

  /** @throws MetricConflictError when the name can't be used, or was used for another type or with other labels. */
  counter(name: string, tags: Tags): CounterSeries {
    const metric = this.#metric(name, 'counter', tags);
    if (!(metric instanceof StoredCounter)) throw wrongType(metric, 'counter');
    return this.#series(metric.table, tags);
  }

  /** @throws MetricConflictError as `counter` does. */
  gauge(name: string, tags: Tags): GaugeSeries {
    const metric = this.#metric(name, 'gauge', tags);
    if (!(metric instanceof StoredGauge)) throw wrongType(metric, 'gauge');
    return this.#series(metric.table, tags);
  }

  /** @throws MetricConflictError as `counter` does. */
  histogram(name: string, tags: Tags): HistogramSeries {
    const metric = this.#metric(name, 'histogram', tags);
    if (!(metric instanceof StoredHistogram)) throw wrongType(metric, 'histogram');
    return this.#series(metric.table, tags);
  }

  #metric(name: string, type: MetricType, tags: Tags): StoredMetric {
    const metric = this.catalogue.find(name) ?? this.#onDemand.get(name) ?? this.#create(name, type, tags);
    const { labelNames } = metric.table;
    const given = Object.keys(tags);
    // A label of the catalogue may be left out, such as the attribution that a caller doesn't know of.
    const complete = this.#onDemand.has(name) ? given.length === labelNames.length : true;
    if (!complete || !given.every((label) => labelNames.includes(label))) {
      throw new MetricConflictError(
        name,
        `has the labels [${labelNames.join(', ')}], not [${given.map(shown).join(', ')}]`,
      );
    }
    return metric;
  }

  #create(name: string, type: MetricType, tags: Tags): StoredMetric {
    const labels = Object.keys(tags).sort();
    const badLabel = labels.find((label) => !LABEL_NAME.test(label) || label === 'le');
    if (!METRIC_NAME.test(name)) throw new MetricConflictError(shown(name), 'has no name that Prometheus allows');
    if (badLabel !== undefined) {
      throw new MetricConflictError(name, `has the label ${shown(badLabel)}, which Prometheus doesn't allow`);
    }
    if (this.#onDemand.size >= this.limits.metrics) {
      throw new MetricConflictError(name, `is one more than the ${this.limits.metrics} that can be made on demand`);
    }
    this.#refuseMixedLines(name, type);
    const spec = { name, type, help: `${name}, as the application tracks it.`, labels, buckets: DURATION_BUCKETS_MS };
    const metric = register(spec, labels, this.registry);
    this.#onDemand.set(name, metric);
    return metric;
  }

  /** A histogram writes lines named x_bucket, x_sum and x_count, which must not be another metric's. */
  #refuseMixedLines(name: string, type: MetricType): void {
    const base = /^(.+)_(?:bucket|sum|count)$/.exec(name)?.[1];
    const lines = type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [];
    const other =
      base !== undefined && this.#find(base) instanceof StoredHistogram
        ? base
        : lines.find((line) => this.#find(line) !== undefined);
    if (other !== undefined) throw new MetricConflictError(name, `would write the same lines as ${other}`);
  }

  #find(name: string): StoredMetric | undefined {
    return this.catalogue.find(name) ?? this.#onDemand.get(name);
  }

  /** Past the metric's number of series everything new is counted as `other`, so that sums stay exact. */
  #series<S extends { reset(): void }>(table: SeriesTable<S>, tags: Tags): S {
    const labels: Record<string, string> = {};
    for (const [label, value] of Object.entries(tags)) labels[label] = this.#limited(label, value);
    if (table.size < this.limits.series || table.has(labels)) return table.at(labels);
    const others: Labels = Object.fromEntries(table.labelNames.map((label) => [label, OTHER]));
    return table.at(others);
  }

  #limited(label: string, value: string): string {
    const limited = this.limiter.limit(label, value);
    if (LabelLimiter.overflowed(value, limited)) this.catalogue.counter('labelOverflow', { label }).add();
    return limited;
  }
}

const shown = (name: string): string => JSON.stringify(tidyLabel(name));

function wrongType({ spec }: StoredMetric, wanted: MetricType): MetricConflictError {
  return new MetricConflictError(spec.name, `is a ${spec.type}, not a ${wanted}`);
}
