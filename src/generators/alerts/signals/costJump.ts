import { METRICS } from '../../../metrics/catalogue.js';
import { record, type RecordingRule } from '../../promql/recordingRule.js';
import { times, type Vector } from '../../promql/vector.js';
import { increaseOver, rateOver } from '../counted/growth.js';
import { CALLS, COST } from '../counted/sources.js';
import { callsOf, seriesOf } from '../series.js';
import { asRecorded, type Signal } from '../Signal.js';
import { FACTOR } from '../units.js';

const SECONDS_PER_HOUR = 3600;
const WEEK = 604_800;
/** Less than this counts as this: from one cent to ten is no jump that anyone must know of. US dollars an hour. */
const LEAST_USD_PER_HOUR = 0.5;
/** What an ordinary hour costs in rule tests. */
const ORDINARY_USD_PER_HOUR = 6;

function usdPerHour(window: string, by: readonly string[]): RecordingRule {
  const cost = times(rateOver([{ source: COST }], window, by), SECONDS_PER_HOUR);
  return record('ai_cost_usd_per_hour', `rate${window}`, cost);
}

/** Three hours around the moment a week ago. */
const AROUND = '3h';
const WEEK_BEFORE_ITS_END = `${(WEEK - 5400) / 60}m`;

/**
 * Against a week ago and not yesterday, since Mondays are not like Sundays; and against the dearest of the hours around
 * it, so that neither an outage then nor a clock that was put back makes an ordinary day a jump.
 */
function againstLastWeek(window: string, by: readonly string[]): Vector<string> {
  const { record: name } = usdPerHour(window, by);
  const then = `max_over_time(${name}[${AROUND}] offset ${WEEK_BEFORE_ITS_END})`;
  return { text: `${name} / clamp_min(${then}, ${LEAST_USD_PER_HOUR})`, labels: by };
}

export const COST_JUMP: Signal = {
  group: 'cost-jump',
  kind: 'costJump',
  alert: 'AICostJump',
  unit: FACTOR,
  interval: 60,
  history: WEEK,
  title: 'spend against the same hour of last week',
  counted: 'calls',
  summary: ({ model, bound }) => `${model} suddenly costs more than ${bound} as much as a week ago`,
  description: ({ provider, model, value, bound, window }) =>
    `Calls to ${model} at ${provider} in the last ${window} cost ${value} as much as at the same time last week; the threshold is ${bound}.`,
  parts: [{ source: COST }, { source: CALLS }],
  inputs: (window, by) => [usdPerHour(window, by)],
  value: (window, by) => record('ai_cost_usd_per_last_week', `ratio_rate${window}`, againstLastWeek(window, by)),
  inUnit: asRecorded,
  traffic: (window, by) =>
    record(METRICS.requests.name, `increase${window}`, increaseOver([{ source: CALLS }], window, by)),
  greatest: Infinity,
  growth: ({ labels, value, calls, step }) => ({
    [seriesOf(METRICS.cost.name, labels)]: (value * ORDINARY_USD_PER_HOUR * step) / SECONDS_PER_HOUR,
    ...callsOf({ ...labels, status: 'success' }, calls),
  }),
};
