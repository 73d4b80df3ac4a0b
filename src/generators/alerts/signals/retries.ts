import { METRICS } from '../../../metrics/catalogue.js';
import { ATTEMPTS, RETRIES } from '../counted/sources.js';
import { seriesOf } from '../series.js';
import { shareSignal } from './shareSignal.js';

export const RETRY_RATIO = shareSignal(
  {
    part: [{ source: RETRIES }],
    whole: { source: ATTEMPTS },
    name: 'ai_retries_per_attempts',
    traffic: METRICS.attempts.name,
  },
  {
    group: 'retries',
    kind: 'retryRatio',
    alert: 'AIRetryRatioHigh',
    title: 'share of attempts that are retries',
    counted: 'attempts',
    summary: ({ model, bound }) => `${model} is tried again and again: more than ${bound} of the attempts are retries`,
    description: ({ provider, model, value, bound, window }) =>
      `${value} of the attempts to call ${model} at ${provider} were retries in the last ${window}; the threshold is ${bound}. Callers see calls that are slow, not ones that fail.`,
    growth: ({ labels: { provider = '', model = '' }, value, calls }) => ({
      [seriesOf(METRICS.attempts.name, { provider, model, http_status: '200' })]: calls * (1 - value),
      [seriesOf(METRICS.attempts.name, { provider, model, http_status: '429' })]: calls * value,
      [seriesOf(METRICS.retries.name, { provider, model, reason: 'rate_limit' })]: calls * value,
    }),
  },
);
