import { METRICS } from '../../../metrics/catalogue.js';
import { noneOf } from '../../promql/match.js';
import { CALLS, UNPRICED, USAGE_MISSING } from '../counted/sources.js';
import { callsOf, seriesOf } from '../series.js';
import { shareSignal } from './shareSignal.js';

export const UNCOUNTED_SPEND_RATIO = shareSignal(
  {
    // What is made in the background is counted when it is retrieved.
    part: [{ source: UNPRICED }, { source: USAGE_MISSING, matchers: { reason: noneOf(['background']) } }],
    whole: { source: CALLS },
    name: 'ai_uncounted_per_requests',
    traffic: METRICS.requests.name,
  },
  {
    group: 'uncounted-spend',
    kind: 'uncountedSpendRatio',
    alert: 'AISpendUncounted',
    interval: 60,
    title: 'share of calls whose cost is not known',
    counted: 'calls',
    summary: ({ model, bound }) =>
      `Spend on ${model} is not counted: more than ${bound} of the calls have no known cost`,
    description: ({ provider, model, value, bound, window }) =>
      `Of ${value} of the calls to ${model} at ${provider} in the last ${window} the price or the usage is not known, so costs and budgets are too low; the threshold is ${bound}.`,
    growth: ({ labels, value, calls }) => {
      const { provider = '', model = '' } = labels;
      return {
        ...callsOf({ ...labels, status: 'success' }, calls),
        [seriesOf(METRICS.unpriced.name, { provider, model })]: (calls * value) / 2,
        [seriesOf(METRICS.usageMissing.name, { provider, model, reason: 'not_sent' })]: (calls * value) / 2,
      };
    },
  },
);
