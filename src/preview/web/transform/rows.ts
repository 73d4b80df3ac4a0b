import type { Cell, Field, Frame } from '../frames/Frame.js';
import { lengthOf, nameOf } from '../frames/Frame.js';

export type Row = ReadonlyMap<string, Cell>;

/** A frame's rows, by the names of its columns. */
export function rowsOf(frame: Frame): readonly Row[] {
  return Array.from(
    { length: lengthOf(frame) },
    (_, index) => new Map(frame.fields.map((field) => [nameOf(field), field.values[index] ?? null])),
  );
}

/** Columns of all frames, each name once, in the order they come. */
export function columnsOf(frames: readonly Frame[]): readonly Field[] {
  const byName = new Map<string, Field>();
  for (const field of frames.flatMap(({ fields }) => fields)) {
    if (!byName.has(nameOf(field))) byName.set(nameOf(field), field);
  }
  return [...byName.values()];
}

/** The columns filled from rows. */
export function frameOf(refId: string, columns: readonly Field[], rows: readonly Row[]): Frame {
  return {
    refId,
    fields: columns.map((column) => ({ ...column, values: rows.map((row) => row.get(nameOf(column)) ?? null) })),
  };
}
