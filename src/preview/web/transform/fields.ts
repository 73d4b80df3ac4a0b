import { lengthOf, nameOf } from '../frames/Frame.js';
import { numberOf, objectOf, textOf, textsOf } from '../json.js';
import { patternOf } from '../query/variableQuery.js';
import type { Transform } from './Transform.js';

/** Keeps the columns that are named or match, and drops those that are excluded. */
export const filterFieldsByName: Transform = (frames, options) => {
  const [include, exclude] = [objectOf(options['include']), objectOf(options['exclude'])];
  const matches = (set: typeof include, name: string): boolean =>
    textsOf(set['names']).includes(name) || (patternOf(textOf(set['pattern']))?.test(name) ?? false);
  const includesAll = Object.keys(include).length === 0;
  return frames.map((frame) => ({
    ...frame,
    fields: frame.fields.filter(
      (field) => (includesAll || matches(include, nameOf(field))) && !matches(exclude, nameOf(field)),
    ),
  }));
};

/** Renames the columns that a pattern matches. */
export const renameByRegex: Transform = (frames, options) => {
  const pattern = patternOf(textOf(options['regex']));
  if (pattern === undefined) return frames;
  const renamed = (name: string): string => name.replace(pattern, textOf(options['renamePattern']));
  return frames.map((frame) => ({
    ...frame,
    fields: frame.fields.map((field) =>
      field.type === 'time' ? field : { ...field, name: renamed(nameOf(field)), legend: undefined },
    ),
  }));
};

/** The first rows only. */
export const limit: Transform = (frames, options) => {
  const most = numberOf(options['limitField']) ?? 10;
  return frames.map((frame) =>
    lengthOf(frame) <= most
      ? frame
      : { ...frame, fields: frame.fields.map((field) => ({ ...field, values: field.values.slice(0, most) })) },
  );
};
