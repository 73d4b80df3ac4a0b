import { nameOf, type Cell } from '../frames/Frame.js';
import { objectsOf, textOf } from '../json.js';
import { frameOf, rowsOf } from './rows.js';
import type { Transform } from './Transform.js';

/** Sorts the rows by one column. */
export const sortBy: Transform = (frames, options) => {
  const [sort] = objectsOf(options['sort']);
  const name = textOf(sort?.['field']);
  const direction = sort?.['desc'] === true ? -1 : 1;
  return frames.map((frame) => {
    if (!frame.fields.some((field) => nameOf(field) === name)) return frame;
    const rows = [...rowsOf(frame)].sort((a, b) => compareCells(a.get(name) ?? null, b.get(name) ?? null, direction));
    return frameOf(frame.refId, frame.fields, rows);
  });
};

/** Order of two values, with what is missing at the end either way. */
export function compareCells(a: Cell, b: Cell, direction: 1 | -1): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  if (typeof a === 'number' && typeof b === 'number') return (a - b) * direction;
  return String(a).localeCompare(String(b), 'en', { numeric: true }) * direction;
}
