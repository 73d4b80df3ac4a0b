import { AIPerformanceMonitor } from '../../../src/monitor/AIPerformanceMonitor.js';
import type { AIEvent } from '../../../src/monitor/events.js';
import { PrometheusMetricsReporter } from '../../../src/reporters/PrometheusMetricsReporter.js';
import { LogKeeper } from '../../helpers/LogKeeper.js';
import { valueOf } from '../../helpers/scrape.js';

function setUp() {
  const logger = new LogKeeper();
  const reporter = new PrometheusMetricsReporter({ logger });
  return { logger, reporter, monitor: new AIPerformanceMonitor({ metricsReporter: reporter }) };
}

test.each([1, 31, 32, 33, 64, 65, 1000])('%i calls are all counted, whoever reads first', async (calls) => {
  const { reporter, monitor } = setUp();
  for (let at = 0; at < calls; at += 1) monitor.open({ model: 'm' }).complete();

  const counter = await reporter.registry.getSingleMetric('ai_requests_total')?.get();
  expect(counter?.values.reduce((sum, { value }) => sum + value, 0)).toBe(calls);
  expect(await valueOf(reporter, 'ai_requests_total')).toBe(calls);
  expect(await reporter.registry.metrics()).toContain(
    `ai_request_duration_ms_count{provider="openai",model="m",status="success",operation="other"} ${calls}\n`,
  );
});

test('an event with nothing in it is counted as an error, logged, and takes no other with it', async () => {
  const { logger, reporter, monitor } = setUp();
  monitor.open({ model: 'm' }).complete();
  reporter.trackEvent(...(['ai_request_complete', {}] as unknown as AIEvent));
  monitor.open({ model: 'm' }).complete();

  expect(await valueOf(reporter, 'ai_requests_total', { model: 'm' })).toBe(2);
  expect(await valueOf(reporter, 'promptmeter_reporter_errors_total', { reason: 'threw' })).toBe(1);
  expect(logger.lines.map(({ level, message }) => `${level} ${message}`)).toEqual([
    'error A metrics event could not be counted: ai_request_complete',
  ]);
});

test('a logger that throws takes no event with it', async () => {
  const broken = () => {
    throw new Error('no log');
  };
  const reporter = new PrometheusMetricsReporter({
    logger: { debug: broken, info: broken, warn: broken, error: broken },
  });
  reporter.trackEvent(...(['ai_from_the_future', {}] as unknown as AIEvent));
  reporter.trackEvent(...(['ai_request_complete', {}] as unknown as AIEvent));
  new AIPerformanceMonitor({ metricsReporter: reporter }).open({ model: 'm' }).complete();

  expect(await valueOf(reporter, 'ai_requests_total', { model: 'm' })).toBe(1);
});

test('a reset forgets what was reported before it, and nothing else', async () => {
  const { reporter, monitor } = setUp();
  const call = monitor.open({ model: 'm' });
  monitor.open({ model: 'm' }).complete();
  reporter.registry.resetMetrics();
  call.complete();

  expect(await valueOf(reporter, 'ai_requests_total')).toBe(1);
});

test('a gauge that is set after a call told it keeps what it was set to', async () => {
  const { reporter, monitor } = setUp();
  monitor.open({ model: 'm' }).attempt({ httpStatus: 200, rateLimits: { tokens: { remaining: 5 } } });
  reporter.trackGauge('ai_ratelimit_remaining', 7, { provider: 'openai', model: 'm', kind: 'tokens' });

  expect(await valueOf(reporter, 'ai_ratelimit_remaining', { model: 'm', kind: 'tokens' })).toBe(7);
});
