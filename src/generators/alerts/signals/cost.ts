import { METRICS } from '../../../metrics/catalogue.js';
import { record } from '../../promql/recordingRule.js';
import { times } from '../../promql/vector.js';
import { increaseOver, rateOver } from '../counted/growth.js';
import { CALLS, COST } from '../counted/sources.js';
import { callsOf, seriesOf } from '../series.js';
import { asRecorded, type Signal } from '../Signal.js';
import { USD_PER_HOUR } from '../units.js';

const SECONDS_PER_HOUR = 3600;

export const COST_PER_HOUR: Signal = {
  group: 'cost',
  kind: 'costPerHour',
  alert: 'AICostPerHourHigh',
  unit: USD_PER_HOUR,
  title: 'spend',
  counted: 'calls',
  summary: ({ model, bound }) => `${model} gets expensive: it costs more than ${bound}`,
  description: ({ provider, model, value, bound, window }) =>
    `Calls to ${model} at ${provider} cost ${value}, at the pace of the last ${window}; the threshold is ${bound}.`,
  parts: [{ source: COST }, { source: CALLS }],
  value: (window, by) =>
    record('ai_cost_usd_per_hour', `rate${window}`, times(rateOver([{ source: COST }], window, by), SECONDS_PER_HOUR)),
  inUnit: asRecorded,
  traffic: (window, by) =>
    record(METRICS.requests.name, `increase${window}`, increaseOver([{ source: CALLS }], window, by)),
  greatest: Infinity,
  growth: ({ labels, value, calls, step }) => ({
    [seriesOf(METRICS.cost.name, labels)]: (value * step) / SECONDS_PER_HOUR,
    ...callsOf({ ...labels, status: 'success' }, calls),
  }),
};
