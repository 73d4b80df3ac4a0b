import { FIRST_TOKEN_LIMIT_SECONDS, LATENCY_LIMIT_SECONDS } from '../../../src/config/thresholdKinds.js';
import { DURATION_BUCKETS_MS, FIRST_TOKEN_BUCKETS_MS } from '../../../src/metrics/buckets.js';

test('thresholds end where the buckets of their histograms end, so that every one of them can be exceeded', () => {
  expect(LATENCY_LIMIT_SECONDS * 1000).toBe(Math.max(...DURATION_BUCKETS_MS));
  expect(FIRST_TOKEN_LIMIT_SECONDS * 1000).toBe(Math.max(...FIRST_TOKEN_BUCKETS_MS));
});
