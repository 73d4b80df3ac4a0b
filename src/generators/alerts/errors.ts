import { METRICS } from '../../metrics/catalogue.js';
import { record } from '../promql/recordingRule.js';
import { select } from '../promql/select.js';
import { FAILED, NOT_ABORTED } from '../promql/statuses.js';
import { increase, rate, ratio, sum } from '../promql/vector.js';
import { seriesOf } from './series.js';
import { LEVEL, type Signal } from './Signal.js';
import { RATIO } from './units.js';

const failed = select('requests', { status: FAILED });
const ended = select('requests', { status: NOT_ABORTED });

export const ERROR_RATIO: Signal = {
  group: 'errors',
  kind: 'errorRatio',
  alert: 'AIErrorRatioHigh',
  unit: RATIO,
  title: 'share of failed calls',
  counted: 'calls that were not aborted',
  summary: ({ model, bound }) => `${model} fails: more than ${bound} of the calls end in an error`,
  description: ({ provider, model, value, bound, window }) =>
    `${value} of the calls to ${model} at ${provider} failed in the last ${window}; the threshold is ${bound}. Calls that the caller aborted don't count.`,
  value: (window) =>
    record(
      'ai_errors_per_requests',
      `ratio_rate${window}`,
      ratio(sum(rate(failed, window), LEVEL), sum(rate(ended, window), LEVEL)),
    ),
  inUnit: (value) => value,
  traffic: (window) => record('ai_requests_not_aborted', `increase${window}`, sum(increase(ended, window), LEVEL)),
  greatest: 1,
  growth: ({ provider, model, value, calls }) => {
    const series = (status: string) => seriesOf(METRICS.requests.name, { provider, model, status, operation: 'chat' });
    return {
      [series('success')]: calls * (1 - value),
      [series('error')]: (calls * value) / 2,
      [series('error_stream')]: (calls * value) / 2,
      [series('aborted')]: calls,
    };
  },
};
