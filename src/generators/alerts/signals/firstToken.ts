import { FIRST_TOKEN_BUCKETS_MS } from '../../../metrics/buckets.js';
import { METRICS } from '../../../metrics/catalogue.js';
import { record } from '../../promql/recordingRule.js';
import { select } from '../../promql/select.js';
import { bucketRates, divide, observations, quantile } from '../../promql/vector.js';
import { histogramGrowth } from '../series.js';
import { sumBy } from './sumBy.js';
import type { Signal } from '../Signal.js';
import { SECONDS } from '../units.js';

const streams = select('firstToken');

export const FIRST_TOKEN: Signal = {
  group: 'first-token',
  kind: 'firstTokenP95',
  alert: 'AIFirstTokenP95High',
  unit: SECONDS,
  title: 'p95 time to first token of streams',
  counted: 'streams with output',
  summary: ({ model, bound }) => `${model} starts slowly: p95 time to first token is above ${bound}`,
  description: ({ provider, model, value, bound, window }) =>
    `In one of twenty streams from ${model} at ${provider} the first token took longer than ${value} in the last ${window}; the threshold is ${bound}.`,
  value: (window, by) => record(METRICS.firstToken.name, `p95_${window}`, quantile<string, string>(0.95, bucketRates(streams, window), by)),
  inUnit: (milliseconds) => divide(milliseconds, 1000),
  traffic: (window, by) =>
    record(`${METRICS.firstToken.name}_count`, `increase${window}`, sumBy(observations(streams, window), by)),
  greatest: Math.max(...FIRST_TOKEN_BUCKETS_MS) / 1000,
  growth: ({ labels, value, calls }) =>
    histogramGrowth(
      { name: METRICS.firstToken.name, labels, buckets: FIRST_TOKEN_BUCKETS_MS },
      value * 1000,
      calls,
    ),
};
