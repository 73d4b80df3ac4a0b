import { orZero, positive } from '../promql/vector.js';
import type { Queries } from './queries.js';
import { COLOURS } from './styles/colours.js';
import type { Query } from './styles/query.js';

/** Stands in for a type when there is no error at all, so that the panel is not empty. */
const NO_ERROR = 'none';

/** Errors a second, of those types only that happen. */
export function errorsByType(q: Queries): Query {
  return { vector: orZero(positive(q.errors(['error_type'])), 'error_type', NO_ERROR), legend: '{{error_type}}' };
}

export const ERROR_COLOURS = { aborted: COLOURS.chosen, [NO_ERROR]: COLOURS.good };
