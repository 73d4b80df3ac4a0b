import type { Config, Severity, Slo } from '../../../config/Config.js';
import { durationSeconds } from '../../promql/duration.js';
import type { Expectation, RuleTest } from '../AlertGroup.js';
import { counters, type Phase } from '../series.js';
import { firing } from '../testing.js';
import { RATIO } from '../units.js';
import { annotationsOf, BUDGET_BURN, burnsAt } from './alerts.js';
import { growthOf } from './growth.js';
import { EVALUATION_SECONDS } from './records.js';

/** Steps of a minute: of the incident, and until the short windows of the pages have forgotten it. */
const INCIDENT = 60;
const RECOVERY = 45;
/** Minutes after which a ticket of a new objective comes at the soonest, so that the minute hardly counts. */
const TICKET = 120;

/** Factors with enough digits that no rounded value in an annotation lies half-way between two. */
const ABOVE = 1.0531;
const BELOW = 0.9469;

/**
 * Each alert fires, not just below, resolves, outlives a restart, ends without data, is silent in low traffic and on a
 * new stack. The objective is new in all of them, so its windows fill up as its budget burns.
 */
export function testsOf(config: Config, slo: Slo): readonly RuleTest[] {
  const page = Math.max(...burnsAt(slo, 'critical').map(({ bound }) => bound));
  const tickets = burnsAt(slo, 'warning');
  const ticket = Math.min(...tickets.map(({ bound }) => bound));
  const fast = Math.min(page * ABOVE, (1 + page) / 2);
  const below = page * BELOW;
  const used = Math.min(...tickets.map(({ bound, long }) => (bound * durationSeconds(long)) / EVALUATION_SECONDS));
  const slow = Math.min(1, used / TICKET);
  const calls = 10 + Math.ceil(Math.max(slo.minimumRequests, slo.minimumFailures / (ticket * BELOW)) / 5);
  const bad = (share: number, steps = INCIDENT): Phase => ({ steps, growth: growthOf(slo, calls, share) });
  const well: Phase = { steps: RECOVERY, growth: growthOf(slo, calls, 0) };
  const test = (promise: string, phases: readonly Phase[], more: Partial<RuleTest>): RuleTest => ({
    name: `${BUDGET_BURN} ${slo.name} ${promise}`,
    interval: EVALUATION_SECONDS,
    input_series: counters(phases),
    ...more,
  });
  const at = (minute: number, share: number, severities = burning(slo, share, minute)): Expectation => ({
    eval_time: `${minute}m`,
    alertname: BUDGET_BURN,
    exp_alerts: severities.map((severity) => ({
      exp_labels: { severity, slo: slo.name },
      exp_annotations: annotationsOf(config, slo, severity, RATIO.write(share)),
    })),
  });
  const of = (severity: Severity, minute: number, count: number) =>
    firing(BUDGET_BURN, { severity, slo: slo.name }, `${minute}m`, count);
  const few = slo.minimumRequests > 0 ? slo.minimumRequests : slo.minimumFailures;
  const half = INCIDENT / 2;
  return [
    test(
      'pages while the budget burns fast, not on a new stack for its first minutes, and resolves',
      [bad(fast), well],
      {
        alert_rule_test: [at(half, fast, []), at(INCIDENT, fast)],
        promql_expr_test: [of('critical', INCIDENT, 1), of('critical', INCIDENT + RECOVERY, 0)],
      },
    ),
    test('does not page just below', [bad(below, INCIDENT + RECOVERY)], {
      promql_expr_test: [of('critical', INCIDENT, 0), of('critical', INCIDENT + RECOVERY, 0)],
    }),
    test(
      'opens a ticket once a tenth of the budget is used up, and not just below',
      [bad(slow, Math.ceil((used / slow) * ABOVE))],
      {
        promql_expr_test: [
          of('warning', Math.floor((used / slow) * BELOW), 0),
          of('warning', Math.ceil((used / slow) * ABOVE), 1),
        ],
      },
    ),
    test('goes on through a restart in the middle', [bad(fast, half), { ...bad(fast, half), begins: 'restart' }], {
      alert_rule_test: [at(INCIDENT, fast)],
    }),
    test('ends when no data comes', [bad(fast), { steps: RECOVERY, growth: {}, begins: 'gone' }], {
      promql_expr_test: [of('critical', INCIDENT, 1), of('critical', INCIDENT + RECOVERY, 0)],
    }),
    test(
      'is silent in low traffic, whatever fails',
      [{ steps: INCIDENT, growth: growthOf(slo, (0.8 * few) / INCIDENT, 1) }],
      { alert_rule_test: [at(INCIDENT, 1, [])] },
    ),
  ];
}

/** What a new objective fires after so many minutes of one share of bad events, for the budget's arithmetic. */
function burning(slo: Slo, share: number, minutes: number): readonly Severity[] {
  const fires = ({ bound, long }: Slo['burns'][number]) =>
    share * Math.min(1, (minutes * EVALUATION_SECONDS) / durationSeconds(long)) > bound;
  return (['critical', 'warning'] as const).filter((severity) => burnsAt(slo, severity).some(fires));
}
