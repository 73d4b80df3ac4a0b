import { METRICS } from '../../../metrics/catalogue.js';
import { record } from '../../promql/recordingRule.js';
import { select } from '../../promql/select.js';
import { FAILED, NOT_ABORTED } from '../../promql/statuses.js';
import { increase, rate, ratio } from '../../promql/vector.js';
import { seriesOf } from '../series.js';
import { sumBy } from './sumBy.js';
import { asRecorded, FEWEST, type Signal } from '../Signal.js';
import { RATIO } from '../units.js';

const failed = select('requests', { status: FAILED });
const ended = select('requests', { status: NOT_ABORTED });

export const ERROR_RATIO: Signal = {
  group: 'errors',
  kind: 'errorRatio',
  alert: 'AIErrorRatioHigh',
  unit: RATIO,
  fewest: FEWEST,
  title: 'share of failed calls',
  counted: 'calls that were not aborted',
  summary: ({ model, bound }) => `${model} fails: more than ${bound} of the calls end in an error`,
  description: ({ provider, model, value, bound, window }) =>
    `${value} of the calls to ${model} at ${provider} failed in the last ${window}; the threshold is ${bound}. Calls that the caller aborted don't count.`,
  value: (window, by) =>
    record(
      'ai_errors_per_requests',
      `ratio_rate${window}`,
      ratio(sumBy(rate(failed, window), by), sumBy(rate(ended, window), by)),
    ),
  inUnit: asRecorded,
  traffic: (window, by) => record('ai_requests_not_aborted', `increase${window}`, sumBy(increase(ended, window), by)),
  greatest: 1,
  growth: ({ labels, value, calls }) => {
    const series = (status: string) => seriesOf(METRICS.requests.name, { ...labels, status });
    return {
      [series('success')]: calls * (1 - value),
      [series('error')]: (calls * value) / 2,
      [series('error_stream')]: (calls * value) / 2,
      [series('aborted')]: calls,
    };
  },
};
