import { METRICS } from '../../../metrics/catalogue.js';
import { is } from '../../promql/match.js';
import { FINISHED } from '../counted/sources.js';
import { seriesOf } from '../series.js';
import { shareSignal } from './shareSignal.js';

export const TRUNCATED_RATIO = shareSignal(
  {
    part: [{ source: FINISHED, matchers: { finish_reason: is('length') } }],
    whole: { source: FINISHED },
    name: 'ai_truncated_per_finished',
    traffic: METRICS.finish.name,
  },
  {
    group: 'truncated',
    kind: 'truncatedRatio',
    alert: 'AITruncatedRatioHigh',
    title: 'share of answers that are cut short',
    counted: 'answers',
    summary: ({ model, bound }) => `Answers of ${model} are cut short: more than ${bound} of them`,
    description: ({ provider, model, value, bound, window }) =>
      `${value} of the answers of ${model} at ${provider} ended at the limit of tokens in the last ${window}; the threshold is ${bound}. Callers get half a sentence or half a JSON.`,
    growth: ({ labels: { provider = '', model = '' }, value, calls }) => ({
      [seriesOf(METRICS.finish.name, { provider, model, finish_reason: 'stop' })]: calls * (1 - value),
      [seriesOf(METRICS.finish.name, { provider, model, finish_reason: 'length' })]: calls * value,
    }),
  },
);
