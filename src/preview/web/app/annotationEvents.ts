import type { Annotation } from '../dashboard/Dashboard.js';
import type { AnnotationEvent } from '../panels/PanelInput.js';
import { interpolateQuery } from '../query/interpolate.js';
import { aligned, stepMs } from '../query/interval.js';
import type { Labels, Prometheus } from '../query/Prometheus.js';
import type { TimeRange } from '../query/timeRange.js';
import type { Scope } from '../query/VariableValue.js';

interface AnnotationRequest {
  readonly annotation: Annotation;
  readonly prometheus: Prometheus;
  readonly range: TimeRange;
  readonly scope: Scope;
  readonly signal: AbortSignal;
}

/** Minutes of a range as long as the screen, as Grafana asks for annotations. */
const LEAST_STEP_MS = 15_000;
const POINTS = 400;

/** The whiles in which an annotation's query has values above 0, or the moments that its values name. */
export async function annotationEvents(request: AnnotationRequest): Promise<readonly AnnotationEvent[]> {
  const { annotation, prometheus, range, scope, signal } = request;
  const step = stepMs(range, POINTS, annotation.step, LEAST_STEP_MS);
  const series = await prometheus.range(interpolateQuery(annotation.expr, scope), aligned(range, step), step, signal);
  return series.flatMap(({ labels, points }) => {
    const text = textOf(annotation, labels);
    if (annotation.valueIsTime) {
      const moments = [...new Set(points.map(([, value]) => value))].filter((at) => at >= range.from && at <= range.to);
      return moments.map((at) => ({ from: at, to: at, color: annotation.color, text }));
    }
    const events: { from: number; to: number; color: string; text: string }[] = [];
    for (const [at, value] of points) {
      if (!(value > 0)) continue;
      const last = events.at(-1);
      if (last !== undefined && at - last.to <= step) last.to = at;
      else events.push({ from: at, to: at, color: annotation.color, text });
    }
    return events;
  });
}

function textOf({ name, title, text }: Annotation, labels: Labels): string {
  const filled = [title === '' ? name : title, text].map((template) =>
    template.replace(/\{\{\s*(.+?)\s*\}\}/g, (_, label: string) => labels[label] ?? '').trim(),
  );
  return filled.filter((each) => each !== '').join(': ');
}
