import { METRICS } from '../../src/metrics/catalogue.js';
import { committedDashboards, panelQueries } from '../helpers/dashboards.js';
import { namesIn } from '../helpers/promql.js';
import { committedRules, isAlert } from '../helpers/rules.js';

/** What each recorded series is made of, other recorded series among it. */
const sources = new Map<string, string[]>();
for (const rule of committedRules()) {
  if (!isAlert(rule)) sources.set(rule.record, [...(sources.get(rule.record) ?? []), ...namesIn(rule.expr).series]);
}

/** All that a panel shows: what its queries name, and what that was recorded from. */
function shown(): ReadonlySet<string> {
  const found = new Set<string>();
  const open = committedDashboards().flatMap((board) =>
    panelQueries(board).flatMap(({ expr }) => namesIn(expr).series),
  );
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    open.push(...(sources.get(name) ?? []));
  }
  return found;
}

const names = shown();

test.each(Object.values(METRICS))('$name is shown on a dashboard', ({ name }) => {
  expect([name, `${name}_bucket`, `${name}_count`, `${name}_sum`].filter((each) => names.has(each))).not.toEqual([]);
});

test('a metric that no panel names is not taken for shown', () => {
  expect(names.has('ai_made_up_total')).toBe(false);
});
