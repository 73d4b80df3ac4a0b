import { METRICS } from '../../../metrics/catalogue.js';
import { oneOf } from '../../promql/match.js';
import { CALLS, ERRORS } from '../counted/sources.js';
import { callsOf, seriesOf } from '../series.js';
import { shareSignal } from './shareSignal.js';

const CUT = oneOf(['stream_interrupted', 'stream_error']);
const STREAMS = oneOf(['success_stream', 'error_stream']);

export const CUT_STREAM_RATIO = shareSignal(
  {
    part: [{ source: ERRORS, matchers: { error_type: CUT } }],
    whole: { source: CALLS, matchers: { status: STREAMS } },
    name: 'ai_cut_streams_per_streams',
    traffic: 'ai_streams_not_aborted',
  },
  {
    group: 'cut-streams',
    kind: 'cutStreamRatio',
    alert: 'AICutStreamRatioHigh',
    title: 'share of streams that break off',
    counted: 'streams that were not aborted',
    summary: ({ model, bound }) => `Answers of ${model} break off: more than ${bound} of the streams`,
    description: ({ provider, model, value, bound, window }) =>
      `${value} of the streams from ${model} at ${provider} broke off or ended in an error in the last ${window}; the threshold is ${bound}.`,
    growth: ({ labels, value, calls }) => {
      const calling = (status: string, count: number) => callsOf({ ...labels, status }, count);
      const errors = (error_type: string) => seriesOf(METRICS.errors.name, { ...labels, error_type });
      return {
        ...calling('success_stream', calls * (1 - value)),
        ...calling('error_stream', calls * value),
        ...calling('error', calls),
        [errors('stream_interrupted')]: (calls * value) / 2,
        [errors('stream_error')]: (calls * value) / 2,
        [errors('timeout')]: calls,
      };
    },
  },
);
