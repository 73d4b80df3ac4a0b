import type { Labels } from '../query/Prometheus.js';

/** The name of each series by its query's legend: a template such as `{{model}}`, or empty for an automatic one. */
export function legendsOf(series: readonly Labels[], template: string, expr: string): readonly string[] {
  if (template !== '' && template !== '__auto') return series.map((labels) => filled(template, labels));
  const [only, ...others] = new Set(
    series.flatMap((labels) => Object.keys(labels).filter((name) => name !== '__name__')),
  );
  return series.map((labels) =>
    only !== undefined && others.length === 0 && labels[only] !== undefined ? labels[only] : seriesName(labels, expr),
  );
}

function filled(template: string, labels: Labels): string {
  return template.replace(/\{\{\s*(.+?)\s*\}\}/g, (_, name: string) => labels[name] ?? '');
}

function seriesName({ __name__ = '', ...labels }: Labels, expr: string): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  if (pairs.length === 0) return __name__ === '' ? expr : __name__;
  return `${__name__}{${pairs.join(', ')}}`;
}
