import type uPlot from 'uplot';
import { dateTime } from '../../format/dates.js';
import { formatValue } from '../../format/formatValue.js';
import { h } from '../../ui/h.js';
import { hideTooltip, showTooltip } from '../../ui/tooltip.js';
import type { Heatmap } from './heatmapCells.js';

/** Shows the bucket at the pointer and what it counts. */
export function heatmapTooltip({ rows, cells, valueOptions }: Heatmap): uPlot.Plugin {
  return {
    hooks: {
      setCursor: (chart) => {
        const { left = -1, top = -1 } = chart.cursor;
        if (!chart.over.matches(':hover') || left < 0) return;
        const at = chart.posToVal(left, 'x') * 1000;
        const row = Math.floor(chart.posToVal(top, 'y'));
        const cell = cells.find((each) => each.row === row && at > each.from && at <= each.to);
        if (cell === undefined) {
          hideTooltip();
          return;
        }
        const { left: x, top: y } = chart.over.getBoundingClientRect();
        const bucket = `${rows[row - 1] ?? '0'} – ${rows[row] ?? ''}`;
        showTooltip(
          [
            h('div', 'tooltip-time', dateTime(cell.to)),
            h(
              'div',
              'tooltip-row',
              h('span', 'tooltip-name', bucket),
              h('span', 'tooltip-value', formatValue(cell.value, valueOptions)),
            ),
          ],
          x + left,
          y + top,
        );
      },
      ready: (chart) => {
        chart.over.addEventListener('mouseleave', hideTooltip);
      },
      destroy: hideTooltip,
    },
  };
}
