import type { Metric } from 'prom-client';
import { asRecord } from '../../../call/guards.js';
import { escapeLabelValue } from '../labelText.js';
import type { DefaultLabels } from './DefaultLabels.js';
import type { Family } from './Family.js';
import { numberText, type Format } from './Format.js';

type Reading = Awaited<ReturnType<Metric['get']>>;
type Value = Reading['values'][number] & { readonly metricName?: string; readonly exemplar?: unknown };

/** A metric that the application itself put into the registry, as prom-client read it out. */
export function foreignFamily(reading: Reading, defaults: DefaultLabels, format: Format): Family {
  const { name, help, type } = reading;
  const values: readonly Value[] = reading.values;
  return {
    // prom-client's types speak of an enumeration where there are strings.
    heading: format.heading({ name, help, type: `${type}` as Parameters<Format['heading']>[0]['type'] }),
    size: values.length,
    linesEach: 1,
    lines(at) {
      const value = values[at];
      if (value === undefined) return '';
      const labels = labelsText(value.labels, defaults, format);
      const exemplar = format.exemplars ? exemplarText(value.exemplar) : '';
      return `${value.metricName ?? name}${labels} ${numberText(value.value)}${exemplar}\n`;
    },
  };
}

function labelsText(labels: Value['labels'], defaults: DefaultLabels, format: Format): string {
  const own = Object.entries(labels).map(([name, value]) => `${name}="${valueText(name, value, format)}"`);
  const added = defaults.textBeside(Object.keys(labels));
  const all = added === '' ? own : [...own, added];
  return all.length === 0 ? '' : `{${all.join(',')}}`;
}

function valueText(name: string, value: unknown, format: Format): string {
  if (typeof value === 'number' && (name === 'le' || name === 'quantile')) return format.bound(value);
  return escapeLabelValue(String(value));
}

/** What prom-client keeps of an exemplar: its labels, its value, and seconds since 1970. */
function exemplarText(exemplar: unknown): string {
  const { labelSet, value, timestamp } = asRecord(exemplar) ?? {};
  const labels = asRecord(labelSet);
  if (labels === undefined || typeof value !== 'number' || typeof timestamp !== 'number') return '';
  const text = Object.entries(labels).map(([name, label]) => `${name}="${escapeLabelValue(String(label))}"`);
  return ` # {${text.join(',')}} ${numberText(value)} ${timestamp}`;
}
