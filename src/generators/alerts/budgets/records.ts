import type { Budget } from '../../../config/Config.js';
import { METRICS } from '../../../metrics/catalogue.js';
import { is, matcherText } from '../../promql/match.js';
import { select } from '../../promql/select.js';
import type { RecordingRule } from '../../promql/recordingRule.js';
import { BUDGET_RECORDS } from './names.js';
import { PERIODS } from './periods.js';

/** Seconds between evaluations, each of which adds up what was spent since the one before. */
export const EVALUATION_SECONDS = 60;

/** How long Prometheus itself may be down without losing what was spent meanwhile. */
const MEMORY = '2d';
/** The evaluation before this one: younger samples are of this one. */
const BEFORE = '30s';
const SECONDS_PER_HOUR = 3600;

/**
 * A restart of a process is a drop of its sum. Sums of floating-point numbers in another order differ in the last
 * digits, which is no drop; and nobody starts anew for less than this many dollars.
 */
const NO_DROP = 0.000_001;

/**
 * Counts as a cash register does: each evaluation adds what every process has reported more than at the one before.
 * So nothing is extrapolated, gaps in scraping are made up for by the next scrape, replicas come and go, a process
 * that restarts begins at 0, and no rule has to read the raw series of a month.
 */
export function recordsOf(budget: Budget): readonly RecordingRule[] {
  const { name, period, usd, where } = budget;
  const rules = PERIODS[period];
  const fixed = { budget: name, period };
  const own = matcherText({ budget: is(name), period: is(period) });
  const now = (record: string) => `${record}${own}`;
  const before = (record: string) => `last_over_time(${record}${own}[${MEMORY}] offset ${BEFORE})`;
  const rule = (record: string, expr: string, labels: readonly string[] = []): RecordingRule => ({
    record,
    expr,
    labels: ['budget', 'period', ...labels],
    fixed,
  });
  const { reported, spending, start, end, spent, limit, used, recentPace, longPace } = BUDGET_RECORDS;
  const by = 'sum by (budget, period)';
  const pace = (window: string) =>
    `sum_over_time(${now(spending)}[${window}]) / count_over_time(${now(spending)}[${window}]) * ${SECONDS_PER_HOUR / EVALUATION_SECONDS}`;
  const forecast = (prefer: '<' | '>') => {
    const paceOfChoice = `(${now(recentPace)} ${prefer} ${now(longPace)} or ${now(longPace)})`;
    return `${now(spent)}\n+\n${paceOfChoice} * (${now(end)} - time()) / ${SECONDS_PER_HOUR}`;
  };
  const costs = select('cost', {}, () =>
    Object.fromEntries(Object.entries(where).map(([label, value]) => [label, is(value)])),
  );
  return [
    // A process that has not called yet reports 0, so that its first calls are not the beginning of a series.
    rule(
      reported,
      `sum by (job, instance) (${costs.name}${costs.matchers})\nor\n0 * sum by (job, instance) (${METRICS.buildInfo.name})`,
      ['job', 'instance'],
    ),
    rule(
      spending,
      [
        '(',
        `  ${by} (`,
        `    clamp_min(${now(reported)} - ${before(reported)} > -${NO_DROP}, 0)`,
        '    or',
        `    ${now(reported)}`,
        '  )',
        '  and',
        `  ${before(spending)}`,
        ')',
        'or',
        `0 * (${before(spending)} or ${by} (${now(reported)}))`,
      ].join('\n'),
    ),
    rule(start, rules.start),
    rule(end, rules.end(`(${rules.start})`)),
    rule(
      spent,
      [
        '(',
        `  ${before(spent)} and ${before(start)} == on () group_left () (${rules.start})`,
        '  or',
        `  0 * ${now(spending)}`,
        ')',
        '+',
        now(spending),
      ].join('\n'),
    ),
    rule(limit, `vector(${usd})`),
    rule(used, `${now(spent)} / ${usd}`),
    rule(recentPace, pace(rules.recent)),
    rule(longPace, pace(rules.long)),
    rule(BUDGET_RECORDS.forecastLow, forecast('<')),
    rule(BUDGET_RECORDS.forecastHigh, forecast('>')),
  ];
}
