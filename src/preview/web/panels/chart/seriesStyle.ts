import uPlot from 'uplot';
import { seriesColor } from '../../format/colors.js';
import { faded, type Theme } from '../../format/palette.js';
import { scaleOf } from './axes.js';
import type { ChartSeries } from './ChartSeries.js';

const { linear, spline, stepped, bars } = uPlot.paths;

/** How the chart library draws a series. */
export function seriesStyle(series: ChartSeries, theme: Theme): uPlot.Series {
  const color = seriesColor(series.field, theme);
  const style: uPlot.Series = {
    label: series.field.title,
    scale: scaleOf(series),
    stroke: color,
    width: series.draw === 'points' ? 0 : series.lineWidth,
    spanGaps: series.spanGaps,
    points: points(series, color),
    ...(series.dash.length === 0 ? {} : { dash: [...series.dash] }),
    ...(series.fill === 0 ? {} : { fill: fill(series, color) }),
  };
  const paths = pathsOf(series);
  return paths === undefined ? style : { ...style, paths };
}

function pathsOf({ draw, interpolation }: ChartSeries): uPlot.Series.PathBuilder | undefined {
  if (draw === 'points') return () => null;
  if (draw === 'bars') return bars?.({ size: [0.8, 60], align: 0 });
  if (interpolation === 'smooth') return spline?.();
  if (interpolation === 'stepBefore') return stepped?.({ align: -1 });
  if (interpolation === 'stepAfter') return stepped?.({ align: 1 });
  return linear?.();
}

function fill({ fill: opacity, gradient }: ChartSeries, color: string): uPlot.Series.Fill {
  if (!gradient) return faded(color, opacity);
  return ({ ctx, bbox }) => {
    // Before the first layout the plot has no height, and a gradient needs one.
    if (!Number.isFinite(bbox.top + bbox.height)) return faded(color, opacity);
    const shade = ctx.createLinearGradient(0, bbox.top, 0, bbox.top + bbox.height);
    shade.addColorStop(0, faded(color, opacity));
    shade.addColorStop(1, faded(color, 0));
    return shade;
  };
}

/** A point between two gaps would be no line at all, so it's always shown. */
function points({ draw, points: mode, pointSize }: ChartSeries, color: string): uPlot.Series.Points {
  const always = draw === 'points' || mode === 'always';
  return {
    show: draw !== 'bars',
    size: pointSize,
    width: 1,
    stroke: color,
    fill: color,
    filter: ({ data, bbox }, index) => {
      const room = bbox.width / devicePixelRatio / Math.max(data[0].length, 1);
      return always || (mode === 'auto' && room > 2 * pointSize) ? null : alone(data[index] ?? []);
    },
  };
}

function alone(values: ArrayLike<number | null | undefined>): number[] {
  const isGap = (index: number): boolean => values[index] === null || values[index] === undefined;
  return Array.from({ length: values.length }, (_, index) => index).filter(
    (index) => !isGap(index) && isGap(index - 1) && isGap(index + 1),
  );
}
