import type { Config, Severity, Slo } from '../../../config/Config.js';
import { METRICS } from '../../../metrics/catalogue.js';
import type { Expectation, RuleTest } from '../AlertGroup.js';
import { counters, seriesOf, type Phase } from '../series.js';
import type { Growth } from '../Signal.js';
import { firing } from '../testing.js';
import { RATIO } from '../units.js';
import { annotationsOf, BUDGET_BURN, burnsAt } from './alerts.js';
import { EVALUATION_SECONDS } from './records.js';

/** Steps of a minute: of the incident, and until the short windows of the pages have forgotten it. */
const INCIDENT = 20;
const RECOVERY = 45;

/** Factors with enough digits that no rounded value in an annotation lies half-way between two. */
const ABOVE = 1.0531;
const BELOW = 0.9469;

/** Each alert fires, not just below, resolves, outlives a restart, ends without data and is silent in low traffic. */
export function testsOf(config: Config, slo: Slo): readonly RuleTest[] {
  const page = lowest(slo, 'critical', Math.max);
  const slowPage = lowest(slo, 'critical', Math.min);
  const ticket = lowest(slo, 'warning', Math.min);
  const fast = Math.min(page * ABOVE, (1 + page) / 2);
  const slow = slowPage * BELOW;
  const calls = 10 + Math.ceil(Math.max(slo.minimumRequests, slo.minimumFailures / (ticket * BELOW)) / 5);
  const bad = (share: number, steps = INCIDENT): Phase => ({ steps, growth: growthOf(slo, calls, share) });
  const well: Phase = { steps: RECOVERY, growth: growthOf(slo, calls, 0) };
  const test = (promise: string, phases: readonly Phase[], more: Partial<RuleTest>): RuleTest => ({
    name: `${BUDGET_BURN} ${slo.name} ${promise}`,
    interval: EVALUATION_SECONDS,
    input_series: counters(phases),
    ...more,
  });
  const at = (minute: number, severities: readonly Severity[], share: number): Expectation => ({
    eval_time: `${minute}m`,
    alertname: BUDGET_BURN,
    exp_alerts: severities.map((severity) => ({
      exp_labels: { severity, slo: slo.name },
      exp_annotations: annotationsOf(config, slo, severity, RATIO.write(share)),
    })),
  });
  const page0 = (minute: number) => firing(BUDGET_BURN, { severity: 'critical', slo: slo.name }, `${minute}m`, 0);
  const few = slo.minimumRequests > 0 ? slo.minimumRequests : slo.minimumFailures;
  return [
    test('pages while the budget burns fast, and resolves', [bad(fast), well], {
      alert_rule_test: [at(1, [], fast), at(INCIDENT, ['critical', 'warning'], fast)],
      promql_expr_test: [page0(INCIDENT + RECOVERY)],
    }),
    test('opens a ticket and does not page just below', [bad(slow)], {
      alert_rule_test: [at(INCIDENT, ['warning'], slow)],
    }),
    test('is silent just below the slowest burn', [bad(ticket * BELOW)], {
      alert_rule_test: [at(INCIDENT, [], 0)],
    }),
    test('goes on through a restart in the middle', [bad(fast, 10), { ...bad(fast, 10), begins: 'restart' }], {
      alert_rule_test: [at(INCIDENT, ['critical', 'warning'], fast)],
    }),
    test('ends when no data comes', [bad(fast), { steps: RECOVERY, growth: {}, begins: 'gone' }], {
      promql_expr_test: [page0(INCIDENT + RECOVERY)],
    }),
    test(
      'is silent in low traffic, whatever fails',
      [{ steps: INCIDENT, growth: growthOf(slo, (0.8 * few) / INCIDENT, 1) }],
      { alert_rule_test: [at(INCIDENT, [], 0)] },
    ),
  ];
}

function lowest(slo: Slo, severity: Severity, choose: (...bounds: number[]) => number): number {
  return choose(...burnsAt(slo, severity).map(({ bound }) => bound));
}

/** What a minute adds to the series that the objective counts. */
function growthOf({ kind, under, where }: Slo, calls: number, bad: number): Growth {
  const labels = { provider: 'openai', model: 'a', operation: 'chat', ...where };
  if (kind === 'availability') {
    const series = (status: string) => seriesOf(METRICS.requests.name, { ...labels, status });
    return {
      [series('success')]: calls * (1 - bad),
      [series('error_stream')]: calls * bad,
      [series('aborted')]: calls,
    };
  }
  const own = kind === 'latency' ? { ...labels, status: 'success' } : labels;
  const { name } = kind === 'latency' ? METRICS.duration : METRICS.firstToken;
  // Half of the calls as Prometheus 3 stores them, the other half as Prometheus 2.
  const half = (le: string, replica: string) => ({
    [seriesOf(`${name}_bucket`, { ...own, le, instance: replica })]: (calls * (1 - bad)) / 2,
    [seriesOf(`${name}_count`, { ...own, instance: replica })]: calls / 2,
  });
  const milliseconds = String(under * 1000);
  return { ...half(milliseconds, 'a'), ...half(`${milliseconds}.0`, 'b') };
}
