import { nameOf, type Cell } from '../frames/Frame.js';
import { columnsOf, frameOf, rowsOf } from './rows.js';
import type { Transform } from './Transform.js';

/** One table of many: rows that agree in every column they share become one. */
export const merge: Transform = (frames) => {
  const [first] = frames;
  if (first === undefined || frames.length === 1) return frames;
  const shared = first.fields
    .map(nameOf)
    .filter((name) => frames.every(({ fields }) => fields.some((field) => nameOf(field) === name)));
  const merged = new Map<string, Map<string, Cell>>();
  for (const row of frames.flatMap(rowsOf)) {
    const key = JSON.stringify(shared.map((name) => row.get(name) ?? null));
    merged.set(key, new Map([...(merged.get(key) ?? []), ...row]));
  }
  return [frameOf(first.refId, columnsOf(frames), [...merged.values()])];
};
