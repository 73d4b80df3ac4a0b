import type uPlot from 'uplot';
import { dateTime } from '../../format/dates.js';
import { formatValue } from '../../format/formatValue.js';
import { h } from '../../ui/h.js';
import type { PanelInput } from '../PanelInput.js';
import { scaleOf } from './axes.js';
import type { ChartSeries } from './ChartSeries.js';

/** Marks single calls, each of which leads to its trace where it is known where traces are shown. */
export function exemplarMarks([first]: readonly ChartSeries[], input: PanelInput): uPlot.Plugin {
  if (first === undefined || input.exemplars.length === 0) return { hooks: {} };
  const marks = h('div', 'exemplars');
  const draw = (chart: uPlot): void => {
    const { clientWidth, clientHeight } = chart.over;
    marks.replaceChildren(
      ...input.exemplars.flatMap(({ at, value, traceId }) => {
        const left = chart.valToPos(at / 1000, 'x');
        // A call beyond the axis stands at its upper edge.
        const top = Math.max(0, chart.valToPos(value, scaleOf(first)));
        if (left < 0 || left > clientWidth || top > clientHeight) return [];
        const href = input.traceAddress(traceId);
        const title = `${formatValue(value, first.field.options)} at ${dateTime(at)}, trace ${traceId}`;
        const look = { class: 'exemplar', style: { left: `${left}px`, top: `${top}px` } };
        if (href === undefined) return [h('span', { ...look, attributes: { title } })];
        return [h('a', { ...look, attributes: { title, href, target: '_blank', rel: 'noreferrer' } })];
      }),
    );
  };
  return {
    hooks: {
      ready: (chart) => {
        chart.over.append(marks);
        draw(chart);
      },
    },
  };
}
