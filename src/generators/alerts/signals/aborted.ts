import { METRICS } from '../../../metrics/catalogue.js';
import { oneOf } from '../../promql/match.js';
import { CALLS } from '../counted/sources.js';
import { callsOf } from '../series.js';
import { shareSignal } from './shareSignal.js';

const ABORTED = oneOf(['aborted', 'aborted_stream']);

export const ABORTED_RATIO = shareSignal(
  {
    part: [{ source: CALLS, matchers: { status: ABORTED } }],
    whole: { source: CALLS },
    name: 'ai_aborted_per_requests',
    traffic: METRICS.requests.name,
  },
  {
    group: 'aborted',
    kind: 'abortedRatio',
    alert: 'AIAbortedRatioHigh',
    title: 'share of calls that the caller broke off',
    counted: 'calls',
    summary: ({ model, bound }) => `Callers give up on ${model}: more than ${bound} of the calls are broken off`,
    description: ({ provider, model, value, bound, window }) =>
      `${value} of the calls to ${model} at ${provider} were broken off by the caller in the last ${window}; the threshold is ${bound}.`,
    growth: ({ labels, value, calls }) => {
      const calling = (status: string, count: number) => callsOf({ ...labels, status }, count);
      return {
        ...calling('success', (calls * (1 - value)) / 2),
        ...calling('error', (calls * (1 - value)) / 2),
        ...calling('aborted', (calls * value) / 2),
        ...calling('aborted_stream', (calls * value) / 2),
      };
    },
  },
);
