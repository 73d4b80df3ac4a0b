import type { Field } from '../frames/Frame.js';
import { columnsOf, frameOf, rowsOf } from './rows.js';
import type { Transform } from './Transform.js';

/** Labels become columns, and the series rows of one table. */
export const labelsToFields: Transform = (frames) => {
  const tables = frames.map((frame) => {
    const labels = Object.fromEntries(frame.fields.flatMap((field) => Object.entries(field.labels)));
    const columns = Object.entries(labels).map(([name, value]): Field => ({
      name,
      type: 'string',
      labels: {},
      values: (frame.fields[0]?.values ?? []).map(() => value),
    }));
    const [time, ...others] = frame.fields.map((field): Field => ({ ...field, labels: {}, legend: undefined }));
    return { ...frame, fields: time === undefined ? columns : [time, ...columns, ...others] };
  });
  const [first] = tables;
  return first === undefined ? [] : [frameOf(first.refId, columnsOf(tables), tables.flatMap(rowsOf))];
};
