import type { Slo } from '../../../config/Config.js';
import { is, matcherText } from '../../promql/match.js';
import type { AlertGroup, RuleTest } from '../AlertGroup.js';
import { counters } from '../series.js';
import { growthOf } from './growth.js';
import { SLO_RECORDS } from './names.js';
import { fixedRule } from './rule.js';

/**
 * Seconds between evaluations: a period of months is then thousands of samples and not tens of thousands. A little less
 * than the five minutes for which Prometheus remembers a value, so that no call is left out.
 */
export const KEPT_SECONDS = 240;
export const KEPT_GROUP = 'objectives';

/** What five minutes came to, kept as seldom as a sum over a whole period can do with. */
export function keptGroup(slos: readonly Slo[]): AlertGroup {
  const { events, badEvents, keptEvents, keptBadEvents } = SLO_RECORDS;
  return {
    name: KEPT_GROUP,
    interval: KEPT_SECONDS,
    records: slos.flatMap((slo) => {
      const own = matcherText({ slo: is(slo.name) });
      const rule = fixedRule(slo);
      return [rule(keptEvents, `${events}${own}`), rule(keptBadEvents, `${badEvents}${own}`)];
    }),
    alerts: [],
    tests: [],
  };
}

/** Minutes of each half, and calls a minute. */
const HALF = 30;
const CALLS = 40;

/** What is left of the budget when a quarter of the allowed share is bad. */
export function budgetTest(slo: Slo): RuleTest {
  const growth = growthOf(slo, CALLS, (1 - slo.objective) / 4);
  const own = matcherText({ slo: is(slo.name) });
  const left = (eval_time: string) => ({
    expr: `round(${SLO_RECORDS.budgetLeft}${own}, 0.0625)`,
    eval_time,
    exp_samples: [{ labels: own, value: 0.75 }],
  });
  return {
    name: `three quarters of the budget of ${slo.name} are left where a quarter of the allowed share is bad, from the first minutes on and through a restart`,
    interval: 60,
    input_series: counters([
      { steps: HALF, growth },
      { steps: HALF, growth, begins: 'restart' },
    ]),
    promql_expr_test: [left('2m'), left(`${2 * HALF}m`)],
  };
}
