import type { PrometheusMetricsReporter } from '../../src/reporters/PrometheusMetricsReporter.js';

/** The lines of one metric (its `_sum`, `_count` and buckets too), as Prometheus scrapes them. */
export async function linesOf(reporter: PrometheusMetricsReporter, name: string): Promise<string[]> {
  const text = await reporter.getMetrics();
  return text.split('\n').filter((line) => new RegExp(`^${name}(_bucket|_sum|_count)?(\\{| )`).test(line));
}

/** The value of one line of the text format, found by its metric and by some of its labels; undefined when absent. */
export async function valueOf(
  reporter: PrometheusMetricsReporter,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): Promise<number | undefined> {
  const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  const lines = (await linesOf(reporter, name)).filter(
    (line) => /^[^{ ]+/.exec(line)?.[0] === name && wanted.every((label) => line.includes(label)),
  );
  return lines.length === 0
    ? undefined
    : lines.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
}
