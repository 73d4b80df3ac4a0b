import { nameOf, numberFields, type Field } from '../frames/Frame.js';
import { CALCULATIONS, isCalculation, reduce } from '../frames/reduce.js';
import { textsOf } from '../json.js';
import type { Transform } from './Transform.js';

/** One row a series with a column a calculation, or (`mode: reduceFields`) one row with a column a series. */
export const reduceSeries: Transform = (frames, options) => {
  const ids = textsOf(options['reducers']).filter(isCalculation);
  const [id = 'lastNotNull'] = ids;
  if (options['mode'] === 'reduceFields') {
    return frames.map((frame) => ({
      ...frame,
      fields: numberFields(frame).map((field) => ({ ...field, values: [reduce(field.values, id)] })),
    }));
  }
  const fields = frames.flatMap(numberFields);
  if (fields.length === 0) return [];
  const labels =
    options['labelsToFields'] === true ? [...new Set(fields.flatMap((field) => Object.keys(field.labels)))] : [];
  const text = (name: string, values: Field['values']): Field => ({ name, type: 'string', labels: {}, values });
  const columns: Field[] = [
    text('Field', fields.map(nameOf)),
    ...labels.map((label) =>
      text(
        label,
        fields.map((field) => field.labels[label] ?? null),
      ),
    ),
    ...(ids.length === 0 ? [id] : ids).map((each): Field => ({
      name: CALCULATIONS[each].title,
      type: 'number',
      labels: {},
      values: fields.map((field) => reduce(field.values, each)),
    })),
  ];
  return [{ refId: frames[0]?.refId ?? 'A', fields: columns }];
};
