import { METRICS } from '../../../metrics/catalogue.js';
import { record } from '../../promql/recordingRule.js';
import type { Vector } from '../../promql/vector.js';
import { increaseOver } from '../counted/growth.js';
import { CALLS } from '../counted/sources.js';
import { callsOf, seriesOf } from '../series.js';
import { asRecorded, type Signal } from '../Signal.js';
import { RATIO } from '../units.js';

/** A limit of this size in rule tests. */
const LIMIT = 10_000;

/**
 * A process that stopped calling keeps telling what it heard last, so only those count that have heard anew. Where
 * nothing remains at all, it is the time of the reset that changes.
 */
function headroom(window: string, by: readonly string[]): Vector<string> {
  const over = (name: string, aggregation: string) => `${aggregation}(${name}[${window}])`;
  const { rateLimitRemaining: left, rateLimit: limit, rateLimitReset: reset } = METRICS;
  const labels = [...by, 'kind'];
  return {
    text: [
      `min by (${labels.join(', ')}) (`,
      `  ${over(left.name, 'avg_over_time')} / ${over(limit.name, 'avg_over_time')}`,
      `  and (${over(left.name, 'changes')} > 0 or ${over(reset.name, 'changes')} > 0)`,
      ')',
    ].join('\n'),
    labels,
  };
}

export const RATE_LIMIT_HEADROOM: Signal = {
  group: 'rate-limits',
  kind: 'rateLimitHeadroom',
  alert: 'AIRateLimitHeadroomLow',
  unit: RATIO,
  title: 'what remains of the rate limit',
  counted: 'calls',
  extra: { label: 'kind', sample: 'tokens' },
  lessIsWorse: true,
  summary: ({ model, bound, extra }) =>
    `The rate limit of ${extra} for ${model} is nearly used up: less than ${bound} remains`,
  description: ({ provider, model, value, bound, window, extra }) =>
    `${value} of the limit of ${extra} a minute for ${model} at ${provider} remained on average in the last ${window}; the threshold is ${bound}. Then calls are refused with 429.`,
  parts: [{ source: CALLS }],
  value: (window, by) => record('ai_ratelimit_headroom', `avg${window}`, headroom(window, by)),
  inUnit: asRecorded,
  traffic: (window, by) =>
    record(METRICS.requests.name, `increase${window}`, increaseOver([{ source: CALLS }], window, by)),
  greatest: 1,
  growth: ({ labels, calls }) => callsOf({ ...labels, status: 'success' }, calls),
  gauges: ({ labels: { provider = '', model = '' }, value }) => ({
    [seriesOf(METRICS.rateLimit.name, { provider, model, kind: 'tokens' })]: LIMIT,
    [seriesOf(METRICS.rateLimitRemaining.name, { provider, model, kind: 'tokens' })]: LIMIT * value,
  }),
};
