import { METRICS } from '../../../metrics/catalogue.js';
import { FAILED, NOT_ABORTED } from '../../promql/statuses.js';
import { CALLS } from '../counted/sources.js';
import { seriesOf } from '../series.js';
import { shareSignal } from './shareSignal.js';

export const ERROR_RATIO = shareSignal(
  {
    part: [{ source: CALLS, matchers: { status: FAILED } }],
    whole: { source: CALLS, matchers: { status: NOT_ABORTED } },
    name: 'ai_errors_per_requests',
    traffic: 'ai_requests_not_aborted',
  },
  {
    group: 'errors',
    kind: 'errorRatio',
    alert: 'AIErrorRatioHigh',
    title: 'share of failed calls',
    counted: 'calls that were not aborted',
    summary: ({ model, bound }) => `${model} fails: more than ${bound} of the calls end in an error`,
    description: ({ provider, model, value, bound, window }) =>
      `${value} of the calls to ${model} at ${provider} failed in the last ${window}; the threshold is ${bound}. Calls that the caller aborted don't count.`,
    growth: ({ labels, value, calls }) => {
      const series = (status: string) => seriesOf(METRICS.requests.name, { ...labels, status });
      return {
        [series('success')]: calls * (1 - value),
        [series('error')]: (calls * value) / 2,
        [series('error_stream')]: (calls * value) / 2,
        [series('aborted')]: calls,
      };
    },
  },
);
