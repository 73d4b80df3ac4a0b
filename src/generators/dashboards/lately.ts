import type { Config } from '../../config/Config.js';
import { where } from '../promql/functions.js';
import { select } from '../promql/select.js';
import { positive, rate, sum, type Vector } from '../promql/vector.js';
import { RATE } from './styles/query.js';
import { chosenFilters } from './variables.js';

/** What one replica says of one model. */
const REPLICA = ['job', 'instance', 'provider', 'model'] as const;

/**
 * Only what replicas say that have called the model lately. One that stopped calling keeps saying what the API told it
 * last, perhaps days ago.
 */
export function lately<L extends string>(config: Config, vector: Vector<L>): Vector<L> {
  const attempts = rate(select('attempts', {}, chosenFilters(config)), RATE);
  const calling = sum<string, (typeof REPLICA)[number]>({ ...attempts, labels: REPLICA }, REPLICA);
  return where(vector, REPLICA, positive(calling));
}
