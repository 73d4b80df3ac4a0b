import type { Transformation } from '../dashboard/Dashboard.js';
import type { Frame } from '../frames/Frame.js';
import { filterFieldsByName, limit, renameByRegex } from './fields.js';
import { joinByField } from './joinByField.js';
import { labelsToFields } from './labelsToFields.js';
import { merge } from './merge.js';
import { organize } from './organize.js';
import { reduceSeries } from './reduceSeries.js';
import { sortBy } from './sortBy.js';
import type { Transform } from './Transform.js';

/** Grafana's transformations by id. One that isn't here is told in the panel. */
const TRANSFORMS: ReadonlyMap<string, Transform> = new Map([
  ['merge', merge],
  ['organize', organize],
  ['joinByField', joinByField],
  ['seriesToColumns', joinByField],
  ['reduce', reduceSeries],
  ['sortBy', sortBy],
  ['labelsToFields', labelsToFields],
  ['filterFieldsByName', filterFieldsByName],
  ['renameByRegex', renameByRegex],
  ['limit', limit],
]);

export interface Transformed {
  readonly frames: readonly Frame[];
  /** Transformations that the preview doesn't know and has left out. */
  readonly unknown: readonly string[];
}

export function transform(frames: readonly Frame[], steps: readonly Transformation[]): Transformed {
  return steps.reduce<Transformed>(
    (done, { id, options }) => {
      const step = TRANSFORMS.get(id);
      if (step === undefined) return { ...done, unknown: [...done.unknown, id] };
      return { ...done, frames: step(done.frames, options) };
    },
    { frames, unknown: [] },
  );
}
