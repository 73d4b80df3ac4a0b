import uPlot from 'uplot';
import { formatValue } from '../format/formatValue.js';
import { h } from '../ui/h.js';
import { annotationLines } from './chart/annotationLines.js';
import { look, timeAxis, timeScale, widest } from './chart/axes.js';
import { clipped } from './chart/thresholdLines.js';
import { colorScale } from './heatmap/colorScale.js';
import { heatmapCells, type Heatmap } from './heatmap/heatmapCells.js';
import { heatmapTooltip } from './heatmap/heatmapTooltip.js';
import type { PanelInput, PanelRenderer } from './PanelInput.js';

/** How many observations fell between two bounds, over time, as colour. */
export const heatmap: PanelRenderer = (host, input) => {
  const cells = heatmapCells(input);
  const scale = colorScale(input.panel.options, cells, input.theme);
  const plot = h('div', 'plot');
  const ramp = h('div', { class: 'ramp', style: { background: scale.gradient } });
  const bounds = [scale.min, scale.max].map((value) => h('span', {}, formatValue(value, cells.valueOptions)));
  host.append(h('div', 'chart', plot, h('div', 'ramp-row', bounds[0], ramp, bounds[1])));

  const draw = (chart: uPlot): void => {
    clipped(chart, () => {
      for (const { row, from, to, value } of cells.cells) {
        if (value <= cells.leastShown) continue;
        const [left, right] = [from, to].map((at) => chart.valToPos(at / 1000, 'x', true));
        const [top, bottom] = [row + 1, row].map((at) => chart.valToPos(at, 'y', true));
        if (left === undefined || right === undefined || top === undefined || bottom === undefined) continue;
        const gap = right - left > 3 * devicePixelRatio ? devicePixelRatio : 0;
        chart.ctx.fillStyle = scale.color(value);
        chart.ctx.fillRect(left, top, right - left - gap, bottom - top - devicePixelRatio);
      }
    });
  };
  const chart = new uPlot(
    {
      width: plot.clientWidth,
      height: Math.max(plot.clientHeight, 40),
      legend: { show: false },
      padding: [8, 12, 0, 4],
      cursor: { sync: { key: 'promptmeter' }, drag: { x: false, y: false }, points: { show: false } },
      scales: { x: timeScale(input.range), y: { auto: false, range: () => [0, Math.max(cells.rows.length, 1)] } },
      axes: [timeAxis(input.theme), boundsAxis(cells, input)],
      series: [{}, { scale: 'y', paths: () => null, points: { show: false } }],
      hooks: { draw: [draw] },
      plugins: [annotationLines(input.annotations, input.theme), heatmapTooltip(cells)],
    },
    [
      [input.range.from / 1000, input.range.to / 1000],
      [null, null],
    ],
    plot,
  );
  return () => {
    chart.destroy();
  };
};

/** Bounds stand at the upper edge of their bucket, as many as there is room for. */
function boundsAxis({ rows }: Heatmap, { theme }: PanelInput): uPlot.Axis {
  return {
    ...look(theme),
    grid: { show: false },
    splits: ({ height }) => {
      const every = Math.max(1, Math.ceil((rows.length * 16) / Math.max(height - 40, 16)));
      return rows.map((_, index) => index + 1).filter((at) => at % every === 0);
    },
    values: (_, splits) => splits.map((at) => rows[at - 1] ?? ''),
    size: (chart) => widest(chart, rows) + 14,
  };
}
