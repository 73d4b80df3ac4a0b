import { DURATION_BUCKETS_MS } from '../../../metrics/buckets.js';
import { METRICS } from '../../../metrics/catalogue.js';
import { record } from '../../promql/recordingRule.js';
import { select } from '../../promql/select.js';
import { SUCCEEDED } from '../../promql/statuses.js';
import { bucketRates, divide, observations, quantile } from '../../promql/vector.js';
import { histogramGrowth } from '../series.js';
import { sumBy } from './sumBy.js';
import type { Signal } from '../Signal.js';
import { SECONDS } from '../units.js';

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
  value: (window, by) =>
    record(METRICS.duration.name, `p95_${window}`, quantile<string, string>(0.95, bucketRates(successful, window), by)),
  inUnit: (milliseconds) => divide(milliseconds, 1000),
  traffic: (window, by) =>
    record(`${METRICS.duration.name}_count`, `increase${window}`, sumBy(observations(successful, window), by)),
  greatest: Math.max(...DURATION_BUCKETS_MS) / 1000,
  growth: ({ labels, value, calls }) =>
    histogramGrowth(
      {
        name: METRICS.duration.name,
        labels: { ...labels, status: 'success' },
        buckets: DURATION_BUCKETS_MS,
      },
      value * 1000,
      calls,
    ),
};
