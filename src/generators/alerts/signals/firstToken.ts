import { FIRST_TOKEN_BUCKETS_MS } from '../../../metrics/buckets.js';
import { METRICS } from '../../../metrics/catalogue.js';
import { record } from '../../promql/recordingRule.js';
import { divide } from '../../promql/vector.js';
import { increaseOver, p95Over } from '../counted/growth.js';
import { FIRST_TOKENS, FIRST_TOKENS_COUNT } from '../counted/sources.js';
import { histogramGrowth } from '../series.js';
import type { Signal } from '../Signal.js';
import { SECONDS } from '../units.js';

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
  parts: [{ source: FIRST_TOKENS, kept: ['le'] }, { source: FIRST_TOKENS_COUNT }],
  value: (window, by) =>
    record(METRICS.firstToken.name, `p95_${window}`, p95Over({ source: FIRST_TOKENS }, window, by)),
  inUnit: (milliseconds) => divide(milliseconds, 1000),
  traffic: (window, by) =>
    record(
      `${METRICS.firstToken.name}_count`,
      `increase${window}`,
      increaseOver([{ source: FIRST_TOKENS_COUNT }], window, by),
    ),
  greatest: Math.max(...FIRST_TOKEN_BUCKETS_MS) / 1000,
  growth: ({ labels, value, calls }) =>
    histogramGrowth({ name: METRICS.firstToken.name, labels, buckets: FIRST_TOKEN_BUCKETS_MS }, value * 1000, calls),
};
