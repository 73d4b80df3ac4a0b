import { METRICS } from '../../../src/metrics/catalogue.js';
import type { MetricSpec } from '../../../src/metrics/spec.js';

const rows: readonly MetricSpec[] = Object.values(METRICS);

describe('the metric catalogue', () => {
  test.each([
    ['ai_requests_total', 'counter', ['model', 'status']],
    ['ai_request_duration_ms', 'histogram', ['model', 'status']],
    ['ai_time_to_first_token_ms', 'histogram', ['model']],
    ['ai_token_usage_total', 'counter', ['model', 'token_type']],
  ])("keeps the specification's %s, a %s with the labels %p", (name, type, labels) => {
    const row = rows.find((spec) => spec.name === name);

    expect(row?.type).toBe(type);
    expect(row?.labels).toEqual(expect.arrayContaining(labels));
  });

  test.each([
    ['ai_request_duration_ms', [50, 100, 200, 500, 1000, 2000, 5000, 10000]],
    ['ai_time_to_first_token_ms', [50, 100, 200, 500, 1000, 2000, 5000]],
  ])("extends the specification's buckets of %s upward only", (name, specified) => {
    const buckets = rows.find((spec) => spec.name === name)?.buckets ?? [];

    expect(buckets.slice(0, specified.length)).toEqual(specified);
    expect(buckets.at(-1)).toBeGreaterThan(specified.at(-1)!);
  });

  test('names every metric once', () => {
    expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
  });

  test.each(rows.map((row) => [row.name, row] as const))('%s keeps the conventions of Prometheus', (name, row) => {
    expect(name).toMatch(/^(ai|promptmeter)_[a-z_]+$/);
    expect(name.endsWith('_total')).toBe(row.type === 'counter');
    expect(row.buckets !== undefined).toBe(row.type === 'histogram');
    expect([...(row.buckets ?? [])].sort((a, b) => a - b)).toEqual(row.buckets ?? []);
    expect(row.help).toMatch(/\.$/);
    expect(row.labels).not.toContain('le');
    for (const label of row.labels) expect(label).toMatch(/^[a-z_]+$/);
  });
});
