import type uPlot from 'uplot';
import { cssColor, faded, type Theme } from '../../format/palette.js';
import type { AnnotationEvent } from '../PanelInput.js';
import { clipped } from './thresholdLines.js';

/** Draws events as dashed lines, and what lasts as a shade between two of them, once where several last at once. */
export function annotationLines(events: readonly AnnotationEvent[], theme: Theme): uPlot.Plugin {
  return {
    hooks: {
      draw: (chart) => {
        const { ctx, bbox } = chart;
        const bottom = bbox.top + bbox.height;
        clipped(chart, () => {
          ctx.setLineDash([5 * devicePixelRatio, 5 * devicePixelRatio]);
          ctx.lineWidth = devicePixelRatio;
          for (const { from, to, color } of together(events)) {
            const css = cssColor(color, theme);
            const [left, right] = [from, to].map((at) => Math.round(chart.valToPos(at / 1000, 'x', true)));
            if (left === undefined || right === undefined) continue;
            ctx.fillStyle = faded(css, 0.1);
            if (right > left) ctx.fillRect(left, bbox.top, right - left, bbox.height);
            ctx.strokeStyle = css;
            for (const x of new Set([left, right])) {
              ctx.beginPath();
              ctx.moveTo(x, bbox.top);
              ctx.lineTo(x, bottom);
              ctx.stroke();
            }
            ctx.fillStyle = css;
            ctx.fillRect(
              left,
              bottom - 3 * devicePixelRatio,
              Math.max(right - left, 3 * devicePixelRatio),
              3 * devicePixelRatio,
            );
          }
        });
      },
    },
  };
}

type Span = Pick<AnnotationEvent, 'from' | 'to' | 'color'>;

/** Events of one colour that overlap as one: ten alerts at once must not paint over what they are about. */
function together(events: readonly AnnotationEvent[]): readonly Span[] {
  const spans: { from: number; to: number; color: string }[] = [];
  for (const { from, to, color } of [...events].sort((a, b) => a.from - b.from)) {
    const last = spans.findLast((span) => span.color === color);
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
    else spans.push({ from, to, color });
  }
  return spans;
}

/** The events at a moment, or within `slack` milliseconds of it. */
export function eventsAt(events: readonly AnnotationEvent[], at: number, slack: number): readonly AnnotationEvent[] {
  return events.filter(({ from, to }) => at >= from - slack && at <= to + slack);
}
