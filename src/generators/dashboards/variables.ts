import {
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  VariableRefresh,
  VariableSort,
  type VariableModel,
} from '@grafana/grafana-foundation-sdk/dashboard';
import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Config } from '../../config/Config.js';
import { METRICS } from '../../metrics/catalogue.js';
import type { MetricSpec } from '../../metrics/spec.js';
import { matcherText, matches } from '../promql/match.js';
import type { Filters } from '../promql/select.js';
import { DATA_SOURCE } from './styles/query.js';

/** Labels that every dashboard can be narrowed by, each offering only what the ones before it leave. */
const FIXED = ['provider', 'model', 'operation'] as const;

/** The variables at the top: the data source, the fixed labels and the attribution labels of promptmeter.yaml. */
export function variables({ attributionLabels }: Config): Builder<VariableModel>[] {
  const labels = [...FIXED, ...attributionLabels];
  return [
    new DatasourceVariableBuilder('datasource').label('Data source').type('prometheus'),
    ...labels.map((label, index) =>
      labelVariable(label, labels.slice(0, index), attributionLabels.includes(label)),
    ),
  ];
}

function labelVariable(label: string, before: readonly string[], attribution: boolean): QueryVariableBuilder {
  const { name } = METRICS.requests;
  const query = `label_values(${name}${matcherText(chosen(before))}, ${label})`;
  const variable = new QueryVariableBuilder(label)
    .label(label.charAt(0).toUpperCase() + label.slice(1).replaceAll('_', ' '))
    .datasource(DATA_SOURCE)
    .query({ query, refId: 'PrometheusVariableQueryEditor-VariableQuery' })
    .definition(query)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalAsc)
    .multi(true)
    .includeAll(true)
    // Also matches series on which the label is empty; the list of all values would not.
    .allValue('.*')
    .current({ selected: true, text: ['All'], value: ['$__all'] });
  return attribution ? variable.description('Narrows calls, tokens and cost; latency does not carry this label.') : variable;
}

/** What the reader has chosen, for those labels that a metric carries. */
export function chosenFilters({ attributionLabels }: Config): Filters {
  return (spec: MetricSpec) =>
    chosen([
      ...FIXED.filter((label) => spec.labels.includes(label)),
      ...(spec.attribution === true ? attributionLabels : []),
    ]);
}

function chosen(labels: readonly string[]) {
  return Object.fromEntries(labels.map((label) => [label, matches(`$${label}`)]));
}
