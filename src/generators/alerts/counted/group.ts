import type { AlertGroup } from '../AlertGroup.js';
import { inputTests, longInputTests } from './tests.js';

/** What windows of half an hour and more are made of changes slowly. */
const SELDOM_SECONDS = 60;

/** What the rules of several groups are made of, recorded once for all of them, before them. */
export function inputGroups(groups: readonly AlertGroup[]): readonly AlertGroup[] {
  const all = new Map(groups.flatMap(({ records }) => records.map((each) => [each.record, each])));
  const shared = (how: 'often' | 'seldom') => [...all.values()].filter((each) => each.shared === how);
  const often = { name: 'inputs', records: shared('often'), alerts: [], tests: inputTests() };
  const seldom = { name: 'inputs-long', interval: SELDOM_SECONDS, records: shared('seldom'), alerts: [] };
  if (seldom.records.length === 0) return [often];
  return [often, { ...seldom, needs: ['inputs'], tests: longInputTests(seldom.records) }];
}
