import { METRICS } from '../../../metrics/catalogue.js';
import { record, recorded, type RecordingRule } from '../../promql/recordingRule.js';
import { quotient } from '../../promql/functions.js';
import type { Vector } from '../../promql/vector.js';
import { increaseOver } from '../counted/growth.js';
import { CALLS, COST } from '../counted/sources.js';
import { callsOf, seriesOf } from '../series.js';
import { asRecorded, type Signal } from '../Signal.js';
import { USD_PER_CALL } from '../units.js';

function calls(window: string, by: readonly string[]): RecordingRule {
  return record(METRICS.requests.name, `increase${window}`, increaseOver([{ source: CALLS }], window, by));
}

function perCall(window: string, by: readonly string[]): Vector<string> {
  return quotient(increaseOver([{ source: COST }], window, by), recorded(calls(window, by)));
}

export const COST_PER_CALL: Signal = {
  group: 'cost-per-call',
  kind: 'costPerCall',
  alert: 'AICostPerCallHigh',
  unit: USD_PER_CALL,
  title: 'mean cost of a call',
  counted: 'calls',
  summary: ({ model, bound }) => `Calls to ${model} are expensive: more than ${bound}`,
  description: ({ provider, model, value, bound, window }) =>
    `Calls to ${model} at ${provider} cost ${value} on average in the last ${window}; the threshold is ${bound}.`,
  parts: [{ source: COST }, { source: CALLS }],
  value: (window, by) => record('ai_cost_usd_per_request', `ratio_rate${window}`, perCall(window, by)),
  inUnit: asRecorded,
  traffic: calls,
  greatest: Infinity,
  growth: ({ labels, value, calls }) => ({
    [seriesOf(METRICS.cost.name, labels)]: calls * value,
    ...callsOf({ ...labels, status: 'success' }, calls),
  }),
};
