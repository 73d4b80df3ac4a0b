import type uPlot from 'uplot';
import { cssColor, faded, type Theme } from '../../format/palette.js';
import { scaleOf } from './axes.js';
import type { ChartSeries } from './ChartSeries.js';

/** Draws the thresholds of each axis that asks for them: as lines, dashes or areas. */
export function thresholdLines(series: readonly ChartSeries[], theme: Theme): uPlot.Plugin {
  const byScale = new Map(series.map((each) => [scaleOf(each), each] as const).reverse());
  return {
    hooks: {
      drawClear: (chart) => {
        for (const [scale, first] of byScale) if (first.thresholds.includes('area')) areas(chart, scale, first, theme);
      },
      draw: (chart) => {
        for (const [scale, first] of byScale) {
          if (/line|dashed/.test(first.thresholds)) lines(chart, scale, first, theme);
        }
      },
    },
  };
}

function lines(chart: uPlot, scale: string, series: ChartSeries, theme: Theme): void {
  const { ctx, bbox } = chart;
  clipped(chart, () => {
    ctx.lineWidth = 2 * devicePixelRatio;
    if (series.thresholds.startsWith('dashed')) ctx.setLineDash([10 * devicePixelRatio, 8 * devicePixelRatio]);
    for (const { value, color } of stepsOf(series)) {
      if (!Number.isFinite(value)) continue;
      const y = Math.round(chart.valToPos(value, scale, true));
      ctx.strokeStyle = faded(cssColor(color, theme), 0.7);
      ctx.beginPath();
      ctx.moveTo(bbox.left, y);
      ctx.lineTo(bbox.left + bbox.width, y);
      ctx.stroke();
    }
  });
}

function areas(chart: uPlot, scale: string, series: ChartSeries, theme: Theme): void {
  const { ctx, bbox } = chart;
  const { min = 0, max = 1 } = chart.scales[scale] ?? {};
  clipped(chart, () => {
    const steps = stepsOf(series);
    steps.forEach(({ value, color }, index) => {
      const from = chart.valToPos(Math.max(value, min), scale, true);
      const to = chart.valToPos(Math.min(steps[index + 1]?.value ?? Infinity, max), scale, true);
      if (to >= from) return;
      ctx.fillStyle = faded(cssColor(color, theme), 0.12);
      ctx.fillRect(bbox.left, to, bbox.width, from - to);
    });
  });
}

function stepsOf({ field }: ChartSeries): readonly { value: number; color: string }[] {
  const { thresholds, min = 0, max = 100 } = field.options;
  return thresholds.steps.map(({ from, color }) => ({
    value: thresholds.mode === 'percentage' ? min + (from / 100) * (max - min) : from,
    color,
  }));
}

/** Draws nothing outside the plot. */
export function clipped({ ctx, bbox }: uPlot, draw: () => void): void {
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  draw();
  ctx.restore();
}
