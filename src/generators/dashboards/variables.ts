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

/** The data source, then what the dashboard can be narrowed by: calls, unless it is about something else. */
export function variables(config: Config, own = callVariables(config)): Builder<VariableModel>[] {
  return [new DatasourceVariableBuilder('datasource').label('Data source').type('prometheus'), ...own];
}

/** The fixed labels of calls and the attribution labels of promptmeter.yaml. */
function callVariables({ attributionLabels }: Config): readonly Builder<VariableModel>[] {
  const labels = [...FIXED, ...attributionLabels];
  return labels.map((label, index) => {
    // Also matches series on which the label is empty; the list of all values would not.
    const variable = labelVariable(METRICS.requests.name, label, labels.slice(0, index)).allValue('.*');
    return attributionLabels.includes(label)
      ? variable.description('Narrows calls, tokens and cost; latency does not carry this label.')
      : variable;
  });
}

/** The values of a label of a series, of those series that the variables before it leave. */
export function labelVariable(series: string, label: string, before: readonly string[] = []): QueryVariableBuilder {
  const query = `label_values(${series}${matcherText(chosen(before))}, ${label})`;
  return new QueryVariableBuilder(label)
    .label(label.charAt(0).toUpperCase() + label.slice(1).replaceAll('_', ' '))
    .datasource(DATA_SOURCE)
    .query({ query, refId: 'PrometheusVariableQueryEditor-VariableQuery' })
    .definition(query)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalAsc)
    .multi(true)
    .includeAll(true)
    .current({ selected: true, text: ['All'], value: ['$__all'] });
}

/** What the reader has chosen, for those labels that a metric carries. */
export function chosenFilters({ attributionLabels }: Config): Filters {
  return (spec: MetricSpec) =>
    chosen([
      ...FIXED.filter((label) => spec.labels.includes(label)),
      ...(spec.attribution === true ? attributionLabels : []),
    ]);
}

/** What the reader has chosen, only for these labels: a ratio is no ratio if its two sides are narrowed differently. */
export function onlyChosen(labels: readonly string[]): Filters {
  return () => chosen(labels);
}

/** Matchers of what the reader has chosen for each of these labels. */
export function chosen(labels: readonly string[]) {
  return Object.fromEntries(labels.map((label) => [label, matches(`$${label}`)]));
}
