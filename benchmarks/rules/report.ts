import { cpus } from 'node:os';
import { markdownTable } from '../../src/generators/docs/markdown.js';

interface Measured {
  readonly days: number;
  readonly series: number;
  /** Of Prometheus. */
  readonly version: string;
  /** Milliseconds by group. */
  readonly durations: ReadonlyMap<string, readonly number[]>;
}

/** As it stands in docs/alerts.md: the slowest groups, and all together. */
export function reportOf({ days, series, version, durations }: Measured): string {
  const groups = [...durations]
    .map(([group, all]) => ({ group, median: quantile(all, 0.5), worst: quantile(all, 1) }))
    .sort((a, b) => b.median - a.median);
  const sum = (of: (group: (typeof groups)[number]) => number) => groups.reduce((total, group) => total + of(group), 0);
  const rows = groups.map(({ group, median, worst }) => [group, milliseconds(median), milliseconds(worst)]);
  const all = [
    '**all together**',
    `**${milliseconds(sum(({ median }) => median))}**`,
    milliseconds(sum(({ worst }) => worst)),
  ];
  const machine = `${cpus().length} processors (${cpus()[0]?.model.trim() ?? 'unknown'})`;
  return `Written by \`npm run bench:rules -- --write\`: one evaluation of each group of rules, as
\`prometheus_rule_group_last_duration_seconds\` tells it, on Prometheus ${version} with ${days} days of ${series.toLocaleString('en')} series from
one busy exporter on an ordinary day, scraped every 5 seconds, on ${machine}. Prometheus ran before all other work of the machine.
Median and longest of
several minutes. What rules look at is there in full: fifteen minutes of the series themselves, an hour and where needed all
days of what was recorded; older samples of the series come every two hours.

${markdownTable(['Group', 'Median', 'Longest'], [...rows, all])}`;
}

function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.round(q * (sorted.length - 1))] ?? NaN;
}

function milliseconds(value: number): string {
  return `${value.toFixed(1)} ms`;
}
