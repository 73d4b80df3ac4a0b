import type { Scope, VariableValue } from './VariableValue.js';

const REFERENCE = /\$(\w+)|\$\{(\w+)(?::(\w+))?\}|\[\[(\w+)(?::(\w+))?\]\]/g;

type Format = (value: VariableValue, name: string) => string;

/**
 * Replaces `$name`, `${name}`, `${name:format}` and `[[name]]`. A name that is no variable stays as it is.
 * Text gets values as they are; {@link interpolateQuery} is for PromQL.
 */
export function interpolate(text: string, scope: Scope, fallback: Format = FORMATS.text): string {
  return text.replace(REFERENCE, (whole, plain, braced, bracedFormat, squared, squaredFormat) => {
    const name = [plain, braced, squared].find((each) => typeof each === 'string');
    const format = [bracedFormat, squaredFormat].find((each) => typeof each === 'string');
    const value = typeof name === 'string' ? scope[name] : undefined;
    if (value === undefined || typeof name !== 'string') return whole;
    return (typeof format === 'string' && isFormat(format) ? FORMATS[format] : fallback)(value, name);
  });
}

/** As {@link interpolate}, with values escaped so that they stay values inside a PromQL string. */
export function interpolateQuery(query: string, scope: Scope): string {
  return interpolate(query, scope, promql);
}

/** As Grafana does for Prometheus: several values become alternatives of a regular expression. */
const promql: Format = (value) => {
  if (value.isAll && value.allValue !== '') return value.allValue;
  if (!value.isRegex) return inQuotes(value.values[0] ?? '');
  return alternatives(value.values.map((each) => inQuotes(escapeRegex(each))));
};

const FORMATS = {
  text: ({ text }) => text,
  raw: (value) => plainValues(value).join(','),
  csv: (value) => plainValues(value).join(','),
  pipe: (value) => plainValues(value).join('|'),
  regex: (value) =>
    value.isAll && value.allValue !== '' ? value.allValue : alternatives(value.values.map(escapeRegex)),
  json: (value) => JSON.stringify(plainValues(value)),
  doublequote: (value) =>
    plainValues(value)
      .map((each) => JSON.stringify(each))
      .join(','),
  percentencode: (value) => encodeURIComponent(plainValues(value).join(',')),
  queryparam: (value, name) => queryParameters({ [name]: value }),
} as const satisfies Record<string, Format>;

function isFormat(name: string): name is keyof typeof FORMATS {
  return Object.hasOwn(FORMATS, name);
}

/** `var-name=value` for each value of each variable, as addresses of dashboards carry them. */
export function queryParameters(scope: Scope): string {
  return Object.entries(scope)
    .flatMap(([name, { isAll, values }]) =>
      (isAll ? ['$__all'] : values).map((value) => `var-${encodeURIComponent(name)}=${encodeURIComponent(value)}`),
    )
    .join('&');
}

function plainValues({ isAll, allValue, values }: VariableValue): readonly string[] {
  return isAll && allValue !== '' ? [allValue] : values;
}

function alternatives(values: readonly string[]): string {
  return values.length === 1 ? (values[0] ?? '') : `(${values.join('|')})`;
}

function escapeRegex(value: string): string {
  return value.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
}

function inQuotes(value: string): string {
  return JSON.stringify(value).slice(1, -1);
}
