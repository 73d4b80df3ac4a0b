import type uPlot from 'uplot';
import { seriesColor } from '../../format/colors.js';
import { dateTime } from '../../format/dates.js';
import { formatValue } from '../../format/formatValue.js';
import { cssColor, type Theme } from '../../format/palette.js';
import { objectOf, textOf } from '../../json.js';
import { h } from '../../ui/h.js';
import { hideTooltip, showTooltip } from '../../ui/tooltip.js';
import type { PanelInput } from '../PanelInput.js';
import type { Aligned } from './align.js';
import { eventsAt } from './annotationLines.js';
import type { ChartSeries } from './ChartSeries.js';

const MOST_ROWS = 25;

/** Shows the values at the pointer: all of them, or only the nearest when the panel says so. */
export function chartTooltip(series: readonly ChartSeries[], data: Aligned, input: PanelInput): uPlot.Plugin {
  const { mode, sort } = objectOf(input.panel.options['tooltip']);
  if (mode === 'none') return { hooks: {} };
  return {
    hooks: {
      setCursor: (chart) => {
        const { left = -1, top = 0, idx } = chart.cursor;
        // Charts share their crosshair; only the one under the pointer has something to say.
        if (!chart.over.matches(':hover')) return;
        if (left < 0 || idx === null || idx === undefined) {
          hideTooltip();
          return;
        }
        const at = (data.times[idx] ?? 0) * 1000;
        const found = series
          .map((each, index) => ({ series: each, value: data.values[index]?.[idx] ?? null, index }))
          .filter(({ value }) => value !== null);
        const shown = mode === 'multi' ? ordered(found, textOf(sort)) : nearest(chart, found, data, idx, top);
        const pixel = (input.range.to - input.range.from) / chart.over.clientWidth;
        const events = eventsAt(input.annotations, chart.posToVal(left, 'x') * 1000, 5 * pixel);
        const rect = chart.over.getBoundingClientRect();
        showTooltip(
          [
            h('div', 'tooltip-time', dateTime(at)),
            ...shown.slice(0, MOST_ROWS).map((each) => row(each, input.theme)),
            ...(shown.length > MOST_ROWS ? [h('div', 'tooltip-more', `and ${shown.length - MOST_ROWS} more`)] : []),
            ...events.map(({ color, text }) =>
              h('div', { class: 'tooltip-event', style: { 'border-color': cssColor(color, input.theme) } }, text),
            ),
          ],
          rect.left + left,
          rect.top + top,
        );
      },
      ready: (chart) => {
        chart.over.addEventListener('mouseleave', hideTooltip);
      },
      destroy: hideTooltip,
    },
  };
}

interface Found {
  readonly series: ChartSeries;
  readonly value: number | null;
  readonly index: number;
}

function ordered(found: readonly Found[], sort: string): readonly Found[] {
  if (sort !== 'asc' && sort !== 'desc') return found;
  const direction = sort === 'asc' ? 1 : -1;
  return [...found].sort((a, b) => ((a.value ?? 0) - (b.value ?? 0)) * direction);
}

function nearest(chart: uPlot, found: readonly Found[], data: Aligned, at: number, top: number): readonly Found[] {
  const distance = ({ index }: Found): number => {
    const scale = chart.series[index + 1]?.scale ?? 'y';
    return Math.abs(chart.valToPos(data.drawn[index]?.[at] ?? 0, scale) - top);
  };
  return [...found].sort((a, b) => distance(a) - distance(b)).slice(0, 1);
}

function row({ series: { field }, value }: Found, theme: Theme): HTMLElement {
  return h(
    'div',
    'tooltip-row',
    h('span', { class: 'swatch', style: { background: seriesColor(field, theme) } }),
    h('span', 'tooltip-name', field.title),
    h('span', 'tooltip-value', formatValue(value, field.options)),
  );
}
