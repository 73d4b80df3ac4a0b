import type { DataSourceRef } from '@grafana/grafana-foundation-sdk/common';
import { DataqueryBuilder, PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus';
import type { Vector } from '../../promql/vector.js';

/** Whatever Prometheus the reader picks at the top of the dashboard. */
export const DATA_SOURCE: DataSourceRef = { type: 'prometheus', uid: '${datasource}' };

/** Window of every rate: Grafana fits it to the zoom, and to four scrapes at least. */
export const RATE = '$__rate_interval';

/** Window of what is counted over the whole time that is shown. */
export const SHOWN_TIME = '$__range';

/** What a panel says when nothing has been measured, unless it knows better. */
export const NO_TRAFFIC = 'no traffic';

export interface Query {
  readonly vector: Vector<string>;
  /** Name of each line, with labels in double braces. */
  readonly legend: string;
  /** Marks single calls whose traces can be looked at, where Prometheus keeps exemplars. */
  readonly exemplars?: boolean;
}

/** The queries of a graph, named A, B, C and so on. */
export function rangeQueries(queries: readonly Query[]): DataqueryBuilder[] {
  return queries.map(({ vector, legend, exemplars = false }, index) => {
    const query = named(vector, index).range().legendFormat(legend);
    return exemplars ? query.exemplar(true) : query;
  });
}

/** The queries of a panel that shows the newest value of each series. */
export function newestQueries(queries: readonly Query[]): DataqueryBuilder[] {
  return queries.map(({ vector, legend }, index) => named(vector, index).instant().legendFormat(legend));
}

/** The buckets of a histogram. */
export function bucketQuery(vector: Vector<'le'>): DataqueryBuilder {
  return named(vector, 0).range().format(PromQueryFormat.Heatmap).legendFormat('{{le}}').exemplar(true);
}

/** The queries of a table, each giving its newest value. */
export function instantQueries(vectors: readonly Vector<string>[]): DataqueryBuilder[] {
  return vectors.map((vector, index) => named(vector, index).instant().format(PromQueryFormat.Table));
}

/** The name of a panel's nth query. */
export function refId(index: number): string {
  return String.fromCharCode('A'.charCodeAt(0) + index);
}

function named(vector: Vector<string>, index: number): DataqueryBuilder {
  return new DataqueryBuilder().datasource(DATA_SOURCE).refId(refId(index)).expr(vector.text);
}
