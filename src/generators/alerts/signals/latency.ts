import { DURATION_BUCKETS_MS } from '../../../metrics/buckets.js';
import { METRICS } from '../../../metrics/catalogue.js';
import { record } from '../../promql/recordingRule.js';
import { SUCCEEDED } from '../../promql/statuses.js';
import { divide } from '../../promql/vector.js';
import { increaseOver, p95Over } from '../counted/growth.js';
import type { Part } from '../counted/pieces.js';
import { CALLS, DURATIONS } from '../counted/sources.js';
import { histogramGrowth } from '../series.js';
import type { Signal } from '../Signal.js';
import { SECONDS } from '../units.js';

const SUCCESSFUL: Part = { source: CALLS, matchers: { status: SUCCEEDED } };

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
  parts: [{ source: DURATIONS, kept: ['le'] }, SUCCESSFUL],
  value: (window, by) => record(METRICS.duration.name, `p95_${window}`, p95Over({ source: DURATIONS }, window, by)),
  inUnit: (milliseconds) => divide(milliseconds, 1000),
  traffic: (window, by) =>
    record(`${METRICS.duration.name}_count`, `increase${window}`, increaseOver([SUCCESSFUL], window, by)),
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
