import type { Slo } from '../../../config/Config.js';
import { is, matcherText } from '../../promql/match.js';
import type { RecordingRule } from '../../promql/recordingRule.js';
import type { AlertGroup, RuleTest } from '../AlertGroup.js';
import { counters } from '../series.js';
import { growthOf } from './growth.js';
import { badRatioRecord, eventsRecord, SLO_RECORDS } from './names.js';
import { budgetOf, fixedRule } from './records.js';

/**
 * Seconds between evaluations. What five minutes came to is kept that often, so that a period of months is thousands of
 * samples and not tens of thousands; a little less than the five minutes for which Prometheus remembers a value.
 */
const EVALUATION_SECONDS = 240;

/** What the whole period came to, which panels show and no alert needs. */
export function periodGroup(slo: Slo, burnGroup: string): AlertGroup {
  return {
    name: `period-${burnGroup}`,
    interval: EVALUATION_SECONDS,
    records: recordsOf(slo),
    needs: ['inputs', burnGroup],
    alerts: [],
    tests: [spent(slo)],
  };
}

function recordsOf(slo: Slo): readonly RecordingRule[] {
  const { period } = slo;
  const of = (record: string) => `${record}${matcherText({ slo: is(slo.name) })}`;
  const over = (record: string) => `sum_over_time(${of(record)}[${period}])`;
  const { events, badEvents, keptEvents, keptBadEvents, budgetLeft } = SLO_RECORDS;
  const rule = fixedRule(slo);
  return [
    rule(keptEvents, of(events)),
    rule(keptBadEvents, of(badEvents)),
    rule(eventsRecord(period), `${over(keptEvents)} * ${EVALUATION_SECONDS}`),
    rule(badRatioRecord(period), `${over(keptBadEvents)} * ${EVALUATION_SECONDS} / (${of(eventsRecord(period))} > 0)`),
    rule(budgetLeft, `1 - ${of(badRatioRecord(period))} / ${budgetOf(slo)}`),
  ];
}

/** Steps of a minute. */
const HALF = 30;
const CALLS = 40;

function spent(slo: Slo): RuleTest {
  const growth = growthOf(slo, CALLS, (1 - slo.objective) / 4);
  return {
    name: `three quarters of the budget of ${slo.name} are left where a quarter of the allowed share is bad, through a restart`,
    interval: 60,
    input_series: counters([
      { steps: HALF, growth },
      { steps: HALF, growth, begins: 'restart' },
    ]),
    promql_expr_test: [
      {
        expr: `round(${SLO_RECORDS.budgetLeft}${matcherText({ slo: is(slo.name) })}, 0.0625)`,
        eval_time: `${2 * HALF}m`,
        exp_samples: [{ labels: matcherText({ slo: is(slo.name) }), value: 0.75 }],
      },
    ],
  };
}
