import { FAILED, NOT_ABORTED } from '../../promql/statuses.js';
import { CALLS } from '../counted/sources.js';
import { callsOf } from '../series.js';
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
      const calling = (status: string, count: number) => callsOf({ ...labels, status }, count);
      return {
        ...calling('success', calls * (1 - value)),
        ...calling('error', (calls * value) / 2),
        ...calling('error_stream', (calls * value) / 2),
        ...calling('aborted', calls),
      };
    },
  },
);
