import { METRICS } from '../../metrics/catalogue.js';
import { record } from '../promql/recordingRule.js';
import { select } from '../promql/select.js';
import { increase, rate, sum, times } from '../promql/vector.js';
import { seriesOf } from './series.js';
import { LEVEL, type Signal } from './Signal.js';
import { USD_PER_HOUR } from './units.js';

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
  value: (window) =>
    record(
      'ai_cost_usd_per_hour',
      `rate${window}`,
      times(sum(rate(select('cost'), window), LEVEL), SECONDS_PER_HOUR),
    ),
  inUnit: (usdPerHour) => usdPerHour,
  traffic: (window) =>
    record(METRICS.requests.name, `increase${window}`, sum(increase(select('requests'), window), LEVEL)),
  greatest: Infinity,
  growth: ({ provider, model, value, calls, step }) => {
    const labels = { provider, model, operation: 'chat' };
    return {
      [seriesOf(METRICS.cost.name, labels)]: (value * step) / SECONDS_PER_HOUR,
      [seriesOf(METRICS.requests.name, { ...labels, status: 'success' })]: calls,
    };
  },
};
