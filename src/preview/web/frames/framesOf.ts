import type { Target } from '../dashboard/Dashboard.js';
import type { Labels, Series } from '../query/Prometheus.js';
import type { Cell, Field, Frame } from './Frame.js';
import { legendsOf } from './legend.js';

interface Answered {
  readonly target: Target;
  readonly series: readonly Series[];
  /** The panel has several queries, so that the value columns of tables need telling apart. */
  readonly amongOthers: boolean;
}

/** One query's answer as frames: one a series, or one table, or a heatmap's buckets. */
export function framesOf({ target, series, amongOthers }: Answered): readonly Frame[] {
  if (target.format === 'table') return series.length === 0 ? [] : [tableFrame(target, series, amongOthers)];
  const frames = seriesFrames(target, series);
  return target.format === 'heatmap' ? bucketFrames(frames) : frames;
}

function seriesFrames({ refId, legendFormat, expr }: Target, series: readonly Series[]): readonly Frame[] {
  const labels = series.map((each) => each.labels);
  const legends = legendsOf(labels, legendFormat, expr);
  return series.map(({ labels: own, points }, index) => ({
    refId,
    fields: [
      timeField(points.map(([time]) => time)),
      { name: 'Value', type: 'number', labels: own, legend: legends[index], values: points.map(([, v]) => finite(v)) },
    ],
  }));
}

/** One row a point, with a column a label. */
function tableFrame({ refId }: Target, series: readonly Series[], amongOthers: boolean): Frame {
  const names = [...new Set(series.flatMap(({ labels }) => Object.keys(labels)))].sort();
  const rows = series.flatMap(({ labels, points }) => points.map(([time, value]) => ({ labels, time, value })));
  const column = (name: string): Field => ({
    name,
    type: 'string',
    labels: {},
    values: rows.map(({ labels }) => labels[name] ?? null),
  });
  const value: Field = {
    name: amongOthers ? `Value #${refId}` : 'Value',
    type: 'number',
    labels: {},
    values: rows.map((row) => finite(row.value)),
  };
  return { refId, fields: [timeField(rows.map(({ time }) => time)), ...names.map(column), value] };
}

/** Prometheus' buckets count all below their bound; a heatmap shows what lies between two bounds. */
function bucketFrames(frames: readonly Frame[]): readonly Frame[] {
  const sorted = frames
    .map((frame) => ({ frame, bound: bound(valueField(frame)?.labels) }))
    .sort((a, b) => a.bound - b.bound);
  return sorted.map(({ frame }, index) => {
    const below = sorted[index - 1]?.frame;
    const lower = new Map(below === undefined ? [] : pointsOf(below));
    return {
      ...frame,
      fields: frame.fields.map((field) =>
        field.type === 'number' ? { ...field, values: pointsOf(frame).map(([t, v]) => less(v, lower.get(t))) } : field,
      ),
    };
  });
}

function less(value: Cell, lower: Cell | undefined): Cell {
  return typeof value === 'number' ? Math.max(0, value - (typeof lower === 'number' ? lower : 0)) : value;
}

function pointsOf(frame: Frame): readonly (readonly [Cell, Cell])[] {
  const times = frame.fields[0]?.values ?? [];
  return times.map((time, index) => [time, valueField(frame)?.values[index] ?? null] as const);
}

function valueField({ fields }: Frame): Field | undefined {
  return fields.find(({ type }) => type === 'number');
}

/** The upper bound of a bucket, in the histogram's unit. */
export function bound(labels: Labels | undefined): number {
  const le = labels?.['le'] ?? '';
  return le === '+Inf' ? Infinity : Number(le);
}

function timeField(values: readonly number[]): Field {
  return { name: 'Time', type: 'time', labels: {}, values };
}

/** Not a number and infinity are no point in a chart. */
function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
