import uPlot from 'uplot';
import { objectOf } from '../json.js';
import { h } from '../ui/h.js';
import { align, stackBands } from './chart/align.js';
import { annotationLines } from './chart/annotationLines.js';
import { scaleOf, timeAxis, timeScale, valueAxes, valueScale } from './chart/axes.js';
import { chartSeries, type ChartSeries } from './chart/ChartSeries.js';
import { chartTooltip } from './chart/chartTooltip.js';
import { exemplarMarks } from './chart/exemplarMarks.js';
import { legend } from './chart/legend.js';
import { seriesStyle } from './chart/seriesStyle.js';
import { thresholdLines } from './chart/thresholdLines.js';
import type { PanelInput, PanelRenderer } from './PanelInput.js';
import { isHiddenField } from './isHiddenField.js';

/** Lines, areas, bars and points over time. */
export const timeseries: PanelRenderer = (host, input) => {
  const all = chartSeries(input.frames).filter(({ field }) => !isHiddenField(field));
  const { isolated } = input.memory;
  const isShown = ({ field }: ChartSeries): boolean => isolated === undefined || field.title === isolated;
  const series = all.some(isShown) ? all.filter(isShown) : all;

  const plot = h('div', 'plot');
  const isRight = objectOf(input.panel.options['legend'])['placement'] === 'right';
  const names = legend(
    all.map(({ field }) => field),
    input,
  );
  host.append(h('div', isRight ? 'chart chart-right' : 'chart', plot, names));

  const data = align(series, input.stepMs);
  const chart = new uPlot(chartOptions(series, input, plot, data), [data.times, ...data.drawn], plot);
  return () => {
    chart.destroy();
  };
};

function chartOptions(
  series: readonly ChartSeries[],
  input: PanelInput,
  { clientWidth, clientHeight }: HTMLElement,
  data: ReturnType<typeof align>,
): uPlot.Options {
  const { theme, range, annotations } = input;
  const scales = [...new Set(series.map(scaleOf))];
  return {
    width: clientWidth,
    height: Math.max(clientHeight, 40),
    legend: { show: false },
    padding: [8, 12, 0, 4],
    cursor: { sync: { key: 'promptmeter' }, drag: { x: true, y: false, setScale: false }, points: { size: 6 } },
    scales: { x: timeScale(range), ...Object.fromEntries(scales.map((scale) => [scale, valueScale(series, scale)])) },
    axes: [timeAxis(theme), ...valueAxes(series, theme)],
    series: [{}, ...series.map((each) => seriesStyle(each, theme))],
    bands: stackBands(series).map(([upper, lower]) => ({ series: [upper + 1, lower + 1] })),
    hooks: {
      setSelect: [
        (chart) => {
          const { select } = chart;
          if (select.width < 4) return;
          const [from, to] = [select.left, select.left + select.width].map((at) => chart.posToVal(at, 'x') * 1000);
          if (from !== undefined && to !== undefined) input.zoom({ from: Math.round(from), to: Math.round(to) });
        },
      ],
    },
    plugins: [
      thresholdLines(series, theme),
      annotationLines(annotations, theme),
      chartTooltip(series, data, input),
      exemplarMarks(series, input),
    ],
  };
}
