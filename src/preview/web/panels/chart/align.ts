import type { ChartSeries } from './ChartSeries.js';

type Column = (number | null)[];

/** Columns on one time axis, in seconds as the chart library takes them. */
export interface Aligned {
  readonly times: number[];
  /** What is drawn, stacked where the series are. */
  readonly drawn: Column[];
  /** What the series say. */
  readonly values: Column[];
}

/** Puts series on one time axis. Where a series has no point for longer than a step, it gets a gap. */
export function align(series: readonly ChartSeries[], stepMs: number): Aligned {
  const points = series.map(({ times, field }) => withGaps(times, field.values, stepMs));
  const times = [...new Set(points.flatMap((each) => [...each.keys()]))].sort((a, b) => a - b);
  const values = points.map((each) => times.map((at) => each.get(at) ?? null));
  return { times: times.map((at) => at / 1000), values, drawn: stacked(series, values) };
}

function withGaps(times: readonly number[], values: readonly unknown[], stepMs: number): Map<number, number | null> {
  const points = new Map<number, number | null>();
  times.forEach((at, index) => {
    const value = values[index];
    const before = times[index - 1];
    if (before !== undefined && at - before > 1.5 * stepMs) points.set(before + stepMs, null);
    points.set(at, typeof value === 'number' ? value : null);
  });
  return points;
}

/** Sums of each series and those below it in its group; in percent mode, as shares of the whole. */
function stacked(series: readonly ChartSeries[], values: readonly Column[]): Column[] {
  const below = new Map<string, number[]>();
  const totals = new Map<string, number[]>();
  series.forEach(({ stacking, stackGroup }, index) => {
    if (stacking === 'percent') add(totals, stackGroup, values[index] ?? []);
  });
  return series.map(({ stacking, stackGroup }, index) => {
    const own = values[index] ?? [];
    if (stacking === 'none') return own;
    const sums = add(below, stackGroup, own);
    const total = totals.get(stackGroup);
    return own.map((value, at) => {
      if (value === null) return null;
      const sum = sums[at] ?? 0;
      return stacking === 'percent' ? sum / (total?.[at] ?? 1) || 0 : sum;
    });
  });
}

function add(sums: Map<string, number[]>, group: string, values: Column): number[] {
  const before = sums.get(group) ?? [];
  const sum = values.map((value, index) => (before[index] ?? 0) + (value ?? 0));
  sums.set(group, sum);
  return sum;
}

/** Pairs of series, upper and lower, between which stacked areas are filled. */
export function stackBands(series: readonly ChartSeries[]): readonly (readonly [upper: number, lower: number])[] {
  const last = new Map<string, number>();
  return series.flatMap(({ stacking, stackGroup }, index) => {
    if (stacking === 'none') return [];
    const lower = last.get(stackGroup);
    last.set(stackGroup, index);
    return lower === undefined ? [] : [[index, lower] as const];
  });
}
