import { Registry, Counter } from 'prom-client';
import { isPromptmeterError, MetricConflictError } from '../../../src/errors.js';
import { PrometheusMetricsReporter } from '../../../src/reporters/PrometheusMetricsReporter.js';
import { linesOf, valueOf } from '../../helpers/scrape.js';

describe('counters, timings and gauges made on demand', () => {
  test('count, observe and set under the name and labels given', async () => {
    const reporter = new PrometheusMetricsReporter();

    reporter.trackCounter('jobs_total');
    reporter.trackCounter('jobs_total', 2.5);
    reporter.trackCounter('jobs_by_kind_total', 1, { kind: 'mail', queue: 'a' });
    reporter.trackCounter('jobs_by_kind_total', 1, { queue: 'a', kind: 'mail' });
    reporter.trackTiming('job_ms', 0, { kind: 'mail' });
    reporter.trackTiming('job_ms', 120, { kind: 'mail' });
    reporter.trackGauge('queue_length', 7);
    reporter.trackGauge('queue_length', -3);

    expect(await linesOf(reporter, 'jobs_total')).toEqual(['jobs_total 3.5']);
    expect(await linesOf(reporter, 'jobs_by_kind_total')).toEqual(['jobs_by_kind_total{kind="mail",queue="a"} 2']);
    expect(await linesOf(reporter, 'queue_length')).toEqual(['queue_length -3']);
    expect(await valueOf(reporter, 'job_ms_count')).toBe(2);
    expect(await valueOf(reporter, 'job_ms_sum')).toBe(120);
    expect(await valueOf(reporter, 'job_ms_bucket', { le: '100' })).toBe(1);
    expect(await valueOf(reporter, 'job_ms_bucket', { le: '600000' })).toBe(2);
  });

  test.each([NaN, Infinity, -Infinity, -1])(
    'leave out %p, which would poison or break every later sum',
    async (value) => {
      const reporter = new PrometheusMetricsReporter();

      reporter.trackCounter('c_total', 1);
      reporter.trackCounter('c_total', value);
      reporter.trackTiming('t_ms', value);

      expect(await valueOf(reporter, 'c_total')).toBe(1);
      expect(await valueOf(reporter, 't_ms_count')).toBe(0);
    },
  );

  test.each([NaN, Infinity, -Infinity])('keep a gauge as it was for %p', async (value) => {
    const reporter = new PrometheusMetricsReporter();

    reporter.trackGauge('g', 5);
    reporter.trackGauge('g', value);

    expect(await valueOf(reporter, 'g')).toBe(5);
  });

  test.each([
    [undefined, ''],
    [null, ''],
    [{}, ''],
    [42, '42'],
    [true, 'true'],
  ])('write a tag of %p, as callers without types may send, as %p', async (kind, expected) => {
    const reporter = new PrometheusMetricsReporter();

    reporter.trackCounter('c_total', 1, { kind: kind as string });

    expect(await linesOf(reporter, 'c_total')).toEqual([`c_total{kind="${expected}"} 1`]);
  });
});

describe('a name of the catalogue', () => {
  test("is the catalogue's metric, and its labels may be left out", async () => {
    const reporter = new PrometheusMetricsReporter();

    reporter.trackCounter('promptmeter_scrape_errors_total');
    reporter.trackCounter('ai_requests_total', 3, { model: 'm', status: 'success' });
    reporter.trackTiming('promptmeter_gateway_overhead_ms', 0.3);

    expect(await valueOf(reporter, 'promptmeter_scrape_errors_total')).toBe(1);
    expect(await valueOf(reporter, 'ai_requests_total', { model: 'm', app: '', status: 'success' })).toBe(3);
    expect(await valueOf(reporter, 'promptmeter_gateway_overhead_ms_bucket', { le: '0.5' })).toBe(1);
  });
});

const conflicts: readonly [string, (reporter: PrometheusMetricsReporter) => void, string][] = [
  [
    'other labels',
    (r) => r.trackCounter('first_total', 1, { other: 'x' }),
    'first_total has the labels [kind], not ["other"]',
  ],
  ['a label more', (r) => r.trackCounter('first_total', 1, { kind: 'a', other: 'x' }), 'not ["kind", "other"]'],
  ['no labels', (r) => r.trackCounter('first_total'), 'first_total has the labels [kind], not []'],
  ['another type', (r) => r.trackGauge('first_total', 1, { kind: 'a' }), 'first_total is a counter, not a gauge'],
  [
    'another type than the catalogue',
    (r) => r.trackCounter('ai_requests_in_flight'),
    'ai_requests_in_flight is a gauge, not a counter',
  ],
  ['labels that the catalogue has not', (r) => r.trackCounter('ai_requests_total', 1, { user: 'ann' }), 'not ["user"]'],
  [
    'a name that Prometheus does not allow',
    (r) => r.trackCounter('my-counter'),
    'metric "my-counter" has no name that Prometheus allows',
  ],
  ['an empty name', (r) => r.trackGauge('', 1), 'metric "" has no name that Prometheus allows'],
  ['a name with a line break', (r) => r.trackGauge('a\nb 1', 1), 'metric "ab 1" has no name that Prometheus allows'],
  ['a label that Prometheus does not allow', (r) => r.trackCounter('c_total', 1, { 'a-b': 'x' }), 'the label "a-b"'],
  ['the label le', (r) => r.trackTiming('t_ms', 1, { le: 'x' }), 'the label "le"'],
  ['a label of Prometheus itself', (r) => r.trackCounter('c_total', 1, { __name__: 'x' }), 'the label "__name__"'],
  [
    'lines of a histogram',
    (r) => r.trackCounter('ai_request_duration_ms_count'),
    'would write the same lines as ai_request_duration_ms',
  ],
  [
    'a histogram whose lines are taken',
    (r) => {
      r.trackCounter('mine_count');
      r.trackTiming('mine', 1);
    },
    'would write the same lines as mine_count',
  ],
];

describe('a metric that is asked for with', () => {
  test.each(conflicts)('%s is refused in one sentence that says why', (_name, track, message) => {
    const reporter = new PrometheusMetricsReporter();
    reporter.trackCounter('first_total', 1, { kind: 'a' });

    expect(() => track(reporter)).toThrow(MetricConflictError);
    expect(() => track(reporter)).toThrow(message);
  });

  test.each(conflicts)('%s leaves the metrics as they were', async (_name, track) => {
    const reporter = new PrometheusMetricsReporter();
    reporter.trackCounter('first_total', 1, { kind: 'a' });

    try {
      track(reporter);
    } catch (error) {
      expect(isPromptmeterError(error) && error.code).toBe('metric_conflict');
    }
    expect(await linesOf(reporter, 'first_total')).toEqual(['first_total{kind="a"} 1']);
  });

  test("a name that the application's registry holds already is refused", () => {
    const registry = new Registry();
    const reporter = new PrometheusMetricsReporter({ registry });
    new Counter({ name: 'theirs_total', help: 'theirs', registers: [registry] });

    expect(() => reporter.trackCounter('theirs_total')).toThrow('metric theirs_total is in this registry already');
  });
});

describe('what an application can make on demand is bounded', () => {
  test('in metrics', () => {
    const reporter = new PrometheusMetricsReporter({ limits: { metricsOnDemand: 3 } });
    for (const name of ['a', 'b', 'c']) reporter.trackGauge(name, 1);

    expect(() => reporter.trackGauge('d', 1)).toThrow('metric d is one more than the 3 that can be made on demand');
    expect(() => reporter.trackGauge('a', 2)).not.toThrow();
  });

  test('in label values, which become other and are counted', async () => {
    const reporter = new PrometheusMetricsReporter({ limits: { labelValues: 5 } });

    for (let at = 0; at < 1000; at += 1) reporter.trackCounter('c_total', 1, { kind: `k${at}` });

    expect(await linesOf(reporter, 'c_total')).toHaveLength(6);
    expect(await valueOf(reporter, 'c_total', { kind: 'other' })).toBe(995);
    expect(await valueOf(reporter, 'promptmeter_label_overflow_total', { label: 'kind' })).toBe(995);
  });

  test('in combinations of labels, past which every label is other', async () => {
    const reporter = new PrometheusMetricsReporter({ limits: { combinations: 20 } });

    for (let a = 0; a < 10; a += 1) {
      for (let b = 0; b < 10; b += 1) reporter.trackCounter('c_total', 1, { a: `${a}`, b: `${b}` });
    }

    expect(await linesOf(reporter, 'c_total')).toHaveLength(21);
    expect(await valueOf(reporter, 'c_total', { a: 'other', b: 'other' })).toBe(80);
  });
});
