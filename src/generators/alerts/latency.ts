import { DURATION_BUCKETS_MS } from '../../metrics/buckets.js';
import { METRICS } from '../../metrics/catalogue.js';
import { record } from '../promql/recordingRule.js';
import { select } from '../promql/select.js';
import { SUCCEEDED } from '../promql/statuses.js';
import { bucketRates, divide, observations, quantile, sum } from '../promql/vector.js';
import { histogramGrowth } from './series.js';
import { LEVEL, type Signal } from './Signal.js';
import { SECONDS } from './units.js';

const successful = select('duration', { status: SUCCEEDED });

/** Calls that fail are counted by the error ratio; mixed in here, quick refusals would make an outage look fast. */
export const LATENCY: Signal = {
  group: 'latency',
  kind: 'latencyP95',
  alert: 'AILatencyP95High',
  unit: SECONDS,
  title: 'p95 latency of successful calls',
  counted: 'successful calls',
  summary: ({ model, bound }) => `${model} answers slowly: p95 latency is above ${bound}`,
  description: ({ provider, model, value, bound, window }) =>
    `One in twenty successful calls to ${model} at ${provider} took longer than ${value} in the last ${window}; the threshold is ${bound}.`,
  value: (window) =>
    record(METRICS.duration.name, `p95_${window}`, quantile(0.95, bucketRates(successful, window), LEVEL)),
  inUnit: (milliseconds) => divide(milliseconds, 1000),
  traffic: (window) =>
    record(`${METRICS.duration.name}_count`, `increase${window}`, sum(observations(successful, window), LEVEL)),
  greatest: Math.max(...DURATION_BUCKETS_MS) / 1000,
  growth: ({ provider, model, value, calls }) =>
    histogramGrowth(
      {
        name: METRICS.duration.name,
        labels: { provider, model, status: 'success', operation: 'chat' },
        buckets: DURATION_BUCKETS_MS,
      },
      value * 1000,
      calls,
    ),
};
