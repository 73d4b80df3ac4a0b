import type { AlertGroup } from '../AlertGroup.js';
import { LONG_PIECE, SHORT_PIECE } from './plan.js';
import { inputTests } from './tests.js';

/** Pieces of an hour are for windows of hours: once a minute is often enough. */
const LONG_EVALUATION_SECONDS = 60;

/** What the rules of several groups are made of, recorded once for all of them, before them. */
export function inputGroups(groups: readonly AlertGroup[]): readonly AlertGroup[] {
  const all = new Map(groups.flatMap(({ records }) => records.map((each) => [each.record, each])));
  const records = (window: string) => [...all.values()].filter(({ shared }) => shared === window);
  const short = { name: 'inputs', records: records(SHORT_PIECE), alerts: [], tests: inputTests() };
  const long = records(LONG_PIECE);
  if (long.length === 0) return [short];
  return [short, { name: 'inputs-long', interval: LONG_EVALUATION_SECONDS, records: long, alerts: [], tests: [] }];
}
