import type { InputSeries } from './AlertGroup.js';
import { METRICS } from '../../metrics/catalogue.js';
import { is, matcherText } from '../promql/match.js';
import type { Growth } from './Signal.js';

/** A stretch of a rule test in which every counter grows evenly. */
export interface Phase {
  readonly steps: number;
  readonly growth: Growth;
  /** Gauges, which begin the phase at this value. */
  readonly gauges?: Growth;
  /** `restart`: the process begins anew, its counters at 0. `gone`: there are no series at all. */
  readonly begins?: 'restart' | 'gone';
}

/** Counters that start at 0 and go through the phases one after the other, as promtool's tests write them. */
export function counters(phases: readonly Phase[]): readonly InputSeries[] {
  const names = (of: (phase: Phase) => Growth) => [...new Set(phases.flatMap((phase) => Object.keys(of(phase))))];
  return [
    ...names(({ growth }) => growth).map((series) => ({ series, values: values(series, phases) })),
    ...names(({ gauges = {} }) => gauges).map((series) => ({ series, values: levels(series, phases) })),
  ];
}

/** What a gauge rises by in a step, so that it is seen to change, and no rounded value does. */
const DRIFT = 0.000_1;

function levels(series: string, phases: readonly Phase[]): string {
  const parts = phases.map(({ steps, gauges = {}, begins }, index) => {
    if (begins === 'gone') return `stale _x${steps - 1}`;
    return `${plain(gauges[series] ?? 0)}+${DRIFT.toFixed(4)}x${index === 0 ? steps : steps - 1}`;
  });
  return parts.join(' ');
}

/** `a+bxn` is a followed by n more values, each b greater; so the first phase has a step more, at 0. */
function values(series: string, phases: readonly Phase[]): string {
  let last = 0;
  const parts = phases.map(({ steps, growth, begins }, index) => {
    if (begins === 'gone') return `stale _x${steps - 1}`;
    const step = growth[series] ?? 0;
    const first = index === 0 ? 0 : (begins === 'restart' ? 0 : last) + step;
    const more = index === 0 ? steps : steps - 1;
    last = first + step * more;
    return `${plain(first)}+${plain(step)}x${more}`;
  });
  return parts.join(' ');
}

/** Twelve digits hide what floating point adds. */
function plain(value: number): string {
  return String(Number(value.toPrecision(12)));
}

/** A series with these labels, whatever characters their values hold. */
export function seriesOf(name: string, labels: Readonly<Record<string, string>>): string {
  return `${name}${matcherText(Object.fromEntries(Object.entries(labels).map(([label, value]) => [label, is(value)])))}`;
}

/** Calls of one kind, in both of the metrics that tell their number. */
export function callsOf(labels: Readonly<Record<string, string>>, count: number): Growth {
  return {
    [seriesOf(METRICS.requests.name, labels)]: count,
    [seriesOf(`${METRICS.duration.name}_count`, labels)]: count,
  };
}

/** A histogram of a rule test. */
export interface Histogram {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly buckets: readonly number[];
}

/**
 * Growth of a histogram's series such that its 95th percentile is `p95`, by the linear interpolation that
 * histogram_quantile makes inside a bucket.
 */
export function histogramGrowth({ name, labels, buckets }: Histogram, p95: number, calls: number): Growth {
  const index = buckets.findIndex((bucket) => p95 <= bucket);
  const low = buckets[index - 1] ?? 0;
  const part = (p95 - low) / ((buckets[index] ?? p95) - low);
  const below = Math.max(0, (0.95 - part) / (1 - part));
  const upTo = part > 0.95 ? 0.95 / part : 1;
  const share = (i: number) => (i < index ? below : i === index ? upTo : 1);
  const bucket = (le: string) => seriesOf(`${name}_bucket`, { ...labels, le });
  return Object.fromEntries([
    ...buckets.map((le, i) => [bucket(String(le)), calls * share(i)] as const),
    [bucket('+Inf'), calls],
    [seriesOf(`${name}_count`, labels), calls],
  ]);
}
