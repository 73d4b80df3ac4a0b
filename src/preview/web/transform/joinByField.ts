import { nameOf, type Cell, type Field, type Frame } from '../frames/Frame.js';
import { textOf } from '../json.js';
import { rowsOf } from './rows.js';
import type { Transform } from './Transform.js';

/**
 * One table of many by the values of one column. Columns of one name get the frame's number, as Grafana does.
 * `mode: inner` keeps only what every frame has.
 */
export const joinByField: Transform = (frames, options) => {
  const isKey = keyOf(textOf(options['byField']));
  const joined = frames.filter(({ fields }) => fields.some(isKey));
  const [first] = joined;
  const key = first?.fields.find(isKey);
  if (first === undefined || key === undefined) return frames;

  const taken = new Map<string, number>();
  const columns = joined.map((frame) =>
    frame.fields.filter((field) => !isKey(field)).map((field) => unique(field, taken)),
  );
  const rows = new Map<Cell, Map<string, Cell>>();
  joined.forEach((frame, index) => {
    const own = frame.fields.filter((field) => !isKey(field));
    for (const row of rowsOf(frame)) {
      const at = row.get(keyName(frame, isKey)) ?? null;
      const target = rows.get(at) ?? new Map<string, Cell>();
      own.forEach((field, column) =>
        target.set(nameOf(columns[index]?.[column] ?? field), row.get(nameOf(field)) ?? null),
      );
      target.set(COUNT, Number(target.get(COUNT) ?? 0) + 1);
      rows.set(at, target);
    }
  });
  const kept = [...rows].filter(([, row]) => options['mode'] !== 'inner' || row.get(COUNT) === joined.length);
  if (key.type === 'time') kept.sort(([a], [b]) => Number(a) - Number(b));
  const fields = columns
    .flat()
    .map((field) => ({ ...field, values: kept.map(([, row]) => row.get(nameOf(field)) ?? null) }));
  return [{ refId: first.refId, fields: [{ ...key, values: kept.map(([at]) => at) }, ...fields] }];
};

/** A name that no column has. */
const COUNT = '\0count';

function keyOf(name: string): (field: Field) => boolean {
  return name === '' ? ({ type }) => type === 'time' : (field) => nameOf(field) === name;
}

function keyName({ fields }: Frame, isKey: (field: Field) => boolean): string {
  const key = fields.find(isKey);
  return key === undefined ? '' : nameOf(key);
}

function unique(field: Field, taken: Map<string, number>): Field {
  const name = nameOf(field);
  const count = (taken.get(name) ?? 0) + 1;
  taken.set(name, count);
  return count === 1 ? field : { ...field, name: `${name} ${count}`, legend: undefined };
}
