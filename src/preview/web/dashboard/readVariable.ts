import { listOf, numberOf, objectOf, textOf, type Json } from '../json.js';
import type { Variable, VariableType } from './Dashboard.js';

const TYPES: readonly VariableType[] = ['query', 'custom', 'interval', 'constant', 'textbox', 'datasource'];

/** Hidden wholly; 1 hides only the label. https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/ */
const HIDE_VARIABLE = 2;

/** The value that stands for all options in the dashboard and in the page's address. */
export const ALL = '$__all';

/** A variable of the dashboard, or undefined for a type that the preview doesn't know. */
export function readVariable(json: Json): Variable | undefined {
  const type = TYPES.find((each) => each === json['type']);
  if (type === undefined) return undefined;
  const name = textOf(json['name']);
  const query = typeof json['query'] === 'string' ? json['query'] : textOf(objectOf(json['query'])['query']);
  const current = objectOf(json['current'])['value'];
  const values = (Array.isArray(current) ? listOf(current) : [current]).filter((each) => typeof each === 'string');
  return {
    name,
    label: textOf(json['label']) === '' ? name : textOf(json['label']),
    type,
    query: query === '' ? textOf(json['definition']) : query,
    regex: textOf(json['regex']),
    multi: json['multi'] === true,
    includeAll: json['includeAll'] === true,
    allValue: textOf(json['allValue']),
    hidden: json['hide'] === HIDE_VARIABLE || type === 'datasource' || type === 'constant',
    sort: numberOf(json['sort']) ?? 0,
    current: values.filter((each) => each !== ''),
  };
}
