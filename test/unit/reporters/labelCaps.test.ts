import { AIPerformanceMonitor } from '../../../src/monitor/AIPerformanceMonitor.js';
import { PrometheusMetricsReporter } from '../../../src/reporters/PrometheusMetricsReporter.js';
import type { PrometheusReporterOptions } from '../../../src/reporters/prometheus/options.js';
import { linesOf, valueOf } from '../../helpers/scrape.js';

function setUp(options: PrometheusReporterOptions = {}) {
  const reporter = new PrometheusMetricsReporter(options);
  return { reporter, monitor: new AIPerformanceMonitor({ metricsReporter: reporter }) };
}

const modelOf = (line: string): string | undefined => /model="((?:[^"\\]|\\.)*)"/.exec(line)?.[1];

test('past 100 models further ones are "other", counted, and no call is lost', async () => {
  const { reporter, monitor } = setUp();

  for (let at = 0; at < 250; at += 1) monitor.open({ model: `m${at}` }).complete();

  const lines = await linesOf(reporter, 'ai_requests_total');
  expect(new Set(lines.map(modelOf)).size).toBe(101);
  expect(await valueOf(reporter, 'ai_requests_total', { model: 'm99', status: 'success' })).toBe(1);
  expect(await valueOf(reporter, 'ai_requests_total', { model: 'other', status: 'success' })).toBe(150);
  expect(await valueOf(reporter, 'ai_requests_total')).toBe(250);
  expect(await valueOf(reporter, 'promptmeter_label_overflow_total', { label: 'model' })).toBe(150);
});

test('a million hostile model names grow neither the series nor the text', async () => {
  const { reporter, monitor } = setUp();
  for (let at = 0; at < 200; at += 1) monitor.open({ model: `first-${at}` }).complete();
  const series = (await linesOf(reporter, 'ai_requests_total')).length;
  const lines = (await reporter.getMetrics()).split('\n').length;

  for (let at = 0; at < 1_000_000; at += 1) {
    reporter.trackEvent('ai_attempt', {
      correlationId: 'c',
      provider: 'openai',
      model: `hostile-${at}`,
      operation: 'chat',
      attribution: {},
      timestamp: 0,
    });
  }

  expect((await linesOf(reporter, 'ai_requests_total')).length - series).toBeLessThanOrEqual(6);
  expect((await reporter.getMetrics()).split('\n').length - lines).toBeLessThan(300);
  expect(await valueOf(reporter, 'ai_attempts_total', { http_status: 'none' })).toBe(1_000_000);
});

test('every attribution label is capped by itself', async () => {
  const { reporter, monitor } = setUp({ limits: { labelValues: 3 } });

  for (let at = 0; at < 5; at += 1)
    monitor.open({ model: 'm', attribution: { app: `a${at}`, feature: 'f' } }).complete();

  expect(await valueOf(reporter, 'ai_requests_total', { app: 'other', feature: 'f', status: 'success' })).toBe(2);
  expect(await valueOf(reporter, 'promptmeter_label_overflow_total', { label: 'app' })).toBe(2);
  expect(await valueOf(reporter, 'promptmeter_label_overflow_total', { label: 'feature' })).toBe(0);
});

test('absent attribution takes no place', async () => {
  const { reporter, monitor } = setUp({ limits: { labelValues: 1 } });

  monitor.open({ model: 'm' }).complete();
  monitor.open({ model: 'm', attribution: { app: 'a' } }).complete();

  expect(await valueOf(reporter, 'ai_requests_total', { app: 'a', status: 'success' })).toBe(1);
});

test('combinations of labels are bounded too: attribution goes first, then everything, and sums stay exact', async () => {
  const { reporter, monitor } = setUp({ limits: { combinations: 10 } });

  for (let at = 0; at < 100; at += 1) {
    monitor.open({ model: `m${at}`, attribution: { app: `a${at}` } }).complete({
      usage: { promptTokens: 1, completionTokens: 1, totalTokens: 2, details: {} },
    });
  }

  expect((await linesOf(reporter, 'ai_requests_total')).length / 6).toBe(21);
  expect(await valueOf(reporter, 'ai_requests_total', { model: 'm9', app: 'a9' })).toBe(1);
  expect(await valueOf(reporter, 'ai_requests_total', { model: 'm19', app: 'other' })).toBe(1);
  expect(await valueOf(reporter, 'ai_requests_total', { model: 'other', app: 'other' })).toBe(80);
  expect(await valueOf(reporter, 'ai_requests_total')).toBe(100);
  expect(await valueOf(reporter, 'ai_token_usage_total', { token_type: 'total' })).toBe(200);
  expect(await valueOf(reporter, 'promptmeter_label_overflow_total', { label: 'app' })).toBe(90);
});

test.each([{ limits: { models: 2 } }, { limits: { combinations: 2 } }, { limits: { models: 3, combinations: 1 } }])(
  'what a start adds to the calls in flight its end takes away, with %p',
  async (options) => {
    const { reporter, monitor } = setUp(options);
    const models = ['a', 'b', undefined, 'c', 'd', undefined, 'e'];

    const calls = models.map((model) => monitor.open({ model }));
    for (const call of calls.reverse()) call.complete({ responseModel: 'z' });

    for (const line of await linesOf(reporter, 'ai_requests_in_flight')) expect(line).toMatch(/ 0$/);
    expect(await valueOf(reporter, 'ai_requests_total')).toBe(models.length);
  },
);

describe('a hostile label value', () => {
  test.each([
    ['line breaks', 'a\nb\r\u2028c', 'abc'],
    ['control characters', '\0a\u001b[31mb\u0085', 'a[31mb'],
    ['invisible characters', 'a\u200bb\u202ec', 'abc'],
    ['spaces around it', '  a b  ', 'a b'],
    ['too many characters', 'x'.repeat(10_000_000), 'x'.repeat(100)],
    ['half a surrogate pair', 'a\ud83d', 'a\ufffd'],
    ['nothing but control characters', '\n\t', 'unknown'],
    ['quotes and backslashes', 'a"}\\', 'a\\"}\\\\'],
  ])('with %s is made inert', async (_name, model, expected) => {
    const { reporter, monitor } = setUp();

    monitor.open({ model }).complete();

    const lines = await linesOf(reporter, 'ai_requests_total');
    expect(new Set(lines.map(modelOf))).toEqual(new Set([expected]));
  });

  test.each(['__proto__', 'constructor', 'hasOwnProperty'])('named %s is a value like any other', async (name) => {
    const { reporter, monitor } = setUp();

    monitor.open({ model: name, provider: name, attribution: { app: name } }).complete();

    expect(await valueOf(reporter, 'ai_requests_total', { model: name, app: name, status: 'success' })).toBe(1);
  });

  test('in the place of an operation is the operation other', async () => {
    const { reporter, monitor } = setUp();

    monitor.open({ model: 'm', operation: 'made up' as 'chat' }).complete();

    expect(await valueOf(reporter, 'ai_requests_total', { operation: 'other', status: 'success' })).toBe(1);
  });
});
