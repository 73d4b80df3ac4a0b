import { PER_TOKEN_BUCKETS_MS } from '../../../metrics/buckets.js';
import { METRICS } from '../../../metrics/catalogue.js';
import { record } from '../../promql/recordingRule.js';
import { divide } from '../../promql/vector.js';
import { increaseOver, p95Over } from '../counted/growth.js';
import { TOKEN_TIMES, TOKEN_TIMES_COUNT } from '../counted/sources.js';
import { histogramGrowth } from '../series.js';
import type { Signal } from '../Signal.js';
import { SECONDS } from '../units.js';

const { name } = METRICS.timePerOutputToken;
export const TIME_PER_OUTPUT_TOKEN: Signal = {
  group: 'output-speed',
  kind: 'timePerOutputTokenP95',
  alert: 'AITimePerOutputTokenP95High',
  unit: SECONDS,
  title: 'p95 time per output token of streams',
  counted: 'streams with several tokens',
  summary: ({ model, bound }) => `${model} writes slowly: p95 time per output token is above ${bound}`,
  description: ({ provider, model, value, bound, window }) =>
    `In one of twenty streams from ${model} at ${provider} a token took longer than ${value} on average in the last ${window}; the threshold is ${bound}.`,
  parts: [{ source: TOKEN_TIMES, kept: ['le'] }, { source: TOKEN_TIMES_COUNT }],
  value: (window, by) => record(name, `p95_${window}`, p95Over({ source: TOKEN_TIMES }, window, by)),
  inUnit: (milliseconds) => divide(milliseconds, 1000),
  traffic: (window, by) =>
    record(`${name}_count`, `increase${window}`, increaseOver([{ source: TOKEN_TIMES_COUNT }], window, by)),
  greatest: Math.max(...PER_TOKEN_BUCKETS_MS) / 1000,
  growth: ({ labels, value, calls }) =>
    histogramGrowth({ name, labels, buckets: PER_TOKEN_BUCKETS_MS }, value * 1000, calls),
};
