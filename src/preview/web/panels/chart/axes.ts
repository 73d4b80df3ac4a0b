import uPlot from 'uplot';
import { timeTicks } from '../../format/dates.js';
import { formatTicks } from '../../format/formatValue.js';
import { SURFACE, type Theme } from '../../format/palette.js';
import type { TimeRange } from '../../query/timeRange.js';
import type { ChartSeries } from './ChartSeries.js';

export const FONT = '12px Inter, "Helvetica Neue", Arial, sans-serif';

// The library's enums exist only as types, so their values are spelt here.
const RIGHT = { side: 1 } as const;
const LEFT = { side: 3 } as const;
const LOGARITHMIC = { distr: 3 } as const;

/** Series of one unit and one side share an axis. */
export function scaleOf({ field, axis, log }: ChartSeries): string {
  const { unit, min, max } = field.options;
  return ['y', unit, axis === 'right' ? 'right' : 'left', String(min ?? ''), String(max ?? ''), String(log ?? '')].join(
    '|',
  );
}

export function timeScale({ from, to }: TimeRange): uPlot.Scale {
  return { time: true, auto: false, range: () => [from / 1000, to / 1000] };
}

export function timeAxis(theme: Theme): uPlot.Axis {
  return {
    ...look(theme),
    space: 70,
    size: 28,
    values: (_, splits, _axis, _space, step) => [
      ...timeTicks(
        splits.map((at) => at * 1000),
        step * 1000,
      ),
    ],
  };
}

export function look(theme: Theme): uPlot.Axis {
  const { muted, grid } = SURFACE[theme];
  return {
    stroke: muted,
    font: FONT,
    gap: 4,
    grid: { stroke: grid, width: 1 },
    ticks: { stroke: grid, width: 1, size: 4 },
    border: { show: false },
  };
}

/** One value axis a unit: the first on the left, a second on the right. */
export function valueAxes(series: readonly ChartSeries[], theme: Theme): uPlot.Axis[] {
  const scales = new Map(series.map((each) => [scaleOf(each), each] as const).reverse());
  return [...scales].reverse().flatMap(([scale, first], index) => {
    if (first.axis === 'hidden') return [];
    const isRight = first.axis === 'right' || (first.axis === 'auto' && index > 0);
    const axis: uPlot.Axis = {
      ...look(theme),
      scale,
      space: 30,
      ...roundSteps(first),
      values: (_, splits) => ticks(splits, first),
      size: (chart, values) => widest(chart, values) + 14,
      ...(first.axisLabel === '' ? {} : { label: first.axisLabel, labelSize: 18, labelFont: FONT }),
    };
    if (isRight) axis.grid = { show: false };
    return [Object.assign(axis, isRight ? RIGHT : LEFT)];
  });
}

/** Steps of a duration's axis are round in the unit that they are shown in: a minute, not 50 seconds. */
const DURATION_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21_600, 43_200, 86_400];

/** Of bytes, in the powers of two that they are shown in. */
const BYTE_STEPS = [0, 1, 2, 3, 4, 5].flatMap((power) =>
  [1, 2, 4, 8, 16, 32, 64, 128, 256, 512].map((step) => step * 1024 ** power),
);

function roundSteps({ field }: ChartSeries): Pick<uPlot.Axis, 'incrs'> {
  if (field.options.unit === 'bytes') return { incrs: BYTE_STEPS };
  const size = { ms: 1000, s: 1 }[field.options.unit];
  if (size === undefined) return {};
  const below = [-6, -5, -4, -3, -2, -1].flatMap((power) => [1, 2, 5].map((digit) => digit * 10 ** power));
  const weeks = [1, 2, 4, 8, 16, 52].map((count) => count * 604_800);
  return { incrs: [...below, ...DURATION_STEPS, ...weeks].map((seconds) => seconds * size) };
}

function ticks(splits: readonly (number | null)[], { field, stacking }: ChartSeries): string[] {
  const numbers = splits.filter((each) => each !== null);
  const options = stacking === 'percent' ? { ...field.options, unit: 'percentunit' } : field.options;
  const texts = formatTicks(numbers, options);
  return splits.map((each) => (each === null ? '' : (texts[numbers.indexOf(each)] ?? '')));
}

/** The width of the widest text, in CSS pixels. An axis without a scale has null for texts, whatever its type says. */
export function widest(chart: uPlot, texts: readonly string[] | null): number {
  chart.ctx.save();
  chart.ctx.font = FONT;
  const width = (texts ?? []).reduce((most, text) => Math.max(most, chart.ctx.measureText(text).width), 0);
  chart.ctx.restore();
  return Math.ceil(width);
}

/** The bounds of a value axis: those of the field config, else round ones around the data. */
export function valueScale(series: readonly ChartSeries[], scale: string): uPlot.Scale {
  const own = series.filter((each) => scaleOf(each) === scale);
  const [first] = own;
  const { min, max } = first?.field.options ?? {};
  const soft = { min: first?.softMin, max: first?.softMax };
  const hasZero = own.some(({ draw, stacking, fill }) => draw === 'bars' || stacking !== 'none' || fill > 0);
  if (first?.log !== undefined) return Object.assign<uPlot.Scale, object>({ log: first.log }, LOGARITHMIC);
  return {
    range: (_, low, high) => {
      const lowest = Math.min(low, soft.min ?? (hasZero ? 0 : low));
      const highest = Math.max(high, soft.max ?? high);
      const [from, to] = uPlot.rangeNum(lowest, highest, {
        min: { pad: 0.1, soft: 0, mode: lowest >= 0 ? 3 : 0 },
        max: { pad: 0.1, soft: 0, mode: highest <= 0 ? 3 : 0 },
      });
      const [start, end] = [min ?? from ?? 0, max ?? to ?? 1];
      return start < end ? [start, end] : [start, start + 1];
    },
  };
}
