import type { Budget, Config } from '../../../config/Config.js';
import { METRICS } from '../../../metrics/catalogue.js';
import { is, matcherText } from '../../promql/match.js';
import type { Expectation, InputSeries, RuleTest } from '../AlertGroup.js';
import { seriesOf } from '../series.js';
import { RATIO } from '../units.js';
import { BUDGET_FORECAST, BUDGET_USED, forecastAnnotations, labelsOf, SHARES, usedAnnotations } from './alerts.js';
import { BUDGET_RECORDS } from './names.js';
import { PERIODS } from './periods.js';
import { EVALUATION_SECONDS } from './records.js';

/** Minutes in which the whole budget is spent. */
const SPENT_AFTER = 50;
/** Seconds beyond which a test to the end of the period would take too long; all periods end in the same way. */
const LONGEST_TEST = 86_400;
/** Minutes after which a forecast has both its history and its wait behind it. */
const FORECAST_AT = 80;

/** Each share fires and not just below; the forecast likewise; restarts, replicas and gaps change nothing. */
export function testsOf(config: Config, budget: Budget): readonly RuleTest[] {
  const { usd, period } = budget;
  const { leftAtZero } = PERIODS[period];
  const minutesLeft = leftAtZero / 60;
  const aMinute = usd / SPENT_AFTER;
  const name = `${budget.name} (${period})`;
  const test = (promise: string, values: string, expected: readonly Expectation[]): RuleTest => ({
    name: `${promise}: ${name}`,
    interval: EVALUATION_SECONDS,
    input_series: [cost(budget, 'a', values)],
    alert_rule_test: expected,
  });
  const just = (minute: number, below: number) => used(config, budget, minute + below);
  return [
    test(
      `${BUDGET_USED} fires at each share and not just below`,
      `0+${aMinute}x${SPENT_AFTER + 2}`,
      SHARES.flatMap(({ share }) => [just(share * SPENT_AFTER, -1), just(share * SPENT_AFTER, 1)]),
    ),
    test(`${BUDGET_FORECAST} fires when the pace is too high`, `0+${(usd * 1.05) / minutesLeft}x${FORECAST_AT}`, [
      { eval_time: '30m', alertname: BUDGET_FORECAST, exp_alerts: [] },
      forecast(config, budget, (usd * 1.05) / minutesLeft),
    ]),
    test(`${BUDGET_FORECAST} does not fire just below`, `0+${(usd * 0.99) / minutesLeft}x${FORECAST_AT}`, [
      { eval_time: `${FORECAST_AT}m`, alertname: BUDGET_FORECAST, exp_alerts: [] },
    ]),
    test(`${BUDGET_FORECAST} makes way once the budget is spent`, `0+${usd / 10}x${FORECAST_AT}`, [
      { eval_time: `${FORECAST_AT}m`, alertname: BUDGET_FORECAST, exp_alerts: [] },
    ]),
    test(
      `${BUDGET_USED} goes on through a restart in the middle, and when no data comes`,
      `0+${aMinute}x24 ${aMinute}+${aMinute}x26 stale`,
      [just(24, 0), just(SPENT_AFTER, -1), { ...just(SPENT_AFTER, 1), eval_time: `${2 * SPENT_AFTER}m` }],
    ),
    ...(leftAtZero > LONGEST_TEST
      ? []
      : [
          test(
            `${BUDGET_USED} resolves when the next period begins`,
            `0+${aMinute}x${SPENT_AFTER - 1} ${usd}x${minutesLeft}`,
            [
              { ...just(SPENT_AFTER, 0), eval_time: `${minutesLeft - 1}m` },
              { ...just(0, 0), eval_time: `${minutesLeft + 1}m` },
            ],
          ),
        ]),
    registers(budget, name),
  ];
}

function used(config: Config, budget: Budget, minute: number): Expectation {
  const share = minute / SPENT_AFTER;
  return {
    eval_time: `${minute}m`,
    alertname: BUDGET_USED,
    exp_alerts: SHARES.filter((bound) => share >= bound.share).map((bound) => ({
      exp_labels: labelsOf(budget, bound.severity),
      exp_annotations: usedAnnotations(config, budget, bound.share, RATIO.write(share)),
    })),
  };
}

function forecast(config: Config, budget: Budget, perMinute: number): Expectation {
  const { recent, leftAtZero } = PERIODS[budget.period];
  const left = leftAtZero / 60 - FORECAST_AT;
  // The first evaluation has nothing to compare with, so a window that reaches back to it has one minute of nothing.
  const slower = (perMinute * FORECAST_AT) / (FORECAST_AT + 1);
  const faster = recent === '1h' ? perMinute : slower;
  const usd = (pace: number) => (perMinute * FORECAST_AT + pace * left).toFixed(2);
  return {
    eval_time: `${FORECAST_AT}m`,
    alertname: BUDGET_FORECAST,
    exp_alerts: [
      {
        exp_labels: labelsOf(budget, 'warning'),
        exp_annotations: forecastAnnotations(config, budget, usd(slower), usd(faster)),
      },
    ],
  };
}

/** What four processes come to, each with a fate of its own, and after all of them are gone. */
function registers(budget: Budget, name: string): RuleTest {
  const own = matcherText({ budget: is(budget.name), period: is(budget.period) });
  const at = (minute: number, value: number) => ({
    expr: `round(${BUDGET_RECORDS.spent}${own}, 0.0001)`,
    eval_time: `${minute}m`,
    exp_samples: [{ labels: own, value }],
  });
  return {
    name: `what is spent is counted once through a restart, a gap, rounding, a new replica and the end of all: ${name}`,
    interval: EVALUATION_SECONDS,
    input_series: [
      // 10, then a restart, then 21 more.
      cost(budget, 'restarts', '0+1x10 1+1x20 stale'),
      // 62, of which 22 in a gap.
      cost(budget, 'gap', '0+2x5 _x10 32+2x15 stale'),
      // 5 from before anyone counted, and a digit that comes and goes.
      cost(budget, 'rounding', '5 5 4.9999999999 5x28 stale'),
      // 3 before it was first seen.
      cost(budget, 'new', '_x20 3+0x11 stale'),
    ],
    promql_expr_test: [at(31, 96), at(60, 96)],
  };
}

function cost({ where }: Budget, instance: string, values: string): InputSeries {
  const labels = { provider: 'openai', model: 'a', operation: 'chat', ...where, job: 'promptmeter', instance };
  return { series: seriesOf(METRICS.cost.name, labels), values };
}
