import { nameOf } from '../frames/Frame.js';
import { numberOf, objectOf, textMapOf } from '../json.js';
import type { Transform } from './Transform.js';

/** Leaves columns out, puts them in order and renames them. */
export const organize: Transform = (frames, options) => {
  const excluded = objectOf(options['excludeByName']);
  const included = objectOf(options['includeByName']);
  const order = objectOf(options['indexByName']);
  const names = textMapOf(options['renameByName']);
  const onlyIncluded = Object.values(included).includes(true);
  return frames.map((frame) => {
    const fields = frame.fields
      .filter((field) => excluded[nameOf(field)] !== true && (!onlyIncluded || included[nameOf(field)] === true))
      .map((field, index) => ({ field, at: numberOf(order[nameOf(field)]) ?? 1000 + index }))
      .sort((a, b) => a.at - b.at)
      .map(({ field }) => {
        const renamed = names[nameOf(field)] ?? '';
        return renamed === '' ? field : { ...field, name: renamed, legend: undefined };
      });
    return { ...frame, fields };
  });
};
