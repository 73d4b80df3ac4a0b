import { jest } from '@jest/globals';
import type { RateLimits } from '../../../src/call/attempt.js';
import type { FinishReason } from '../../../src/call/finishReason.js';
import { AIPerformanceMonitor } from '../../../src/monitor/AIPerformanceMonitor.js';
import type { AIEvent } from '../../../src/monitor/events.js';
import { createPriceBook } from '../../../src/pricing/createPriceBook.js';
import { InMemoryMetricsReporter } from '../../../src/reporters/InMemoryMetricsReporter.js';
import { PrometheusMetricsReporter } from '../../../src/reporters/PrometheusMetricsReporter.js';
import { LogKeeper } from '../../helpers/LogKeeper.js';
import { ManualClock } from '../../helpers/ManualClock.js';
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

test('a call has the price of the day on which it ended, whenever its metrics are read', async () => {
  const clock = new ManualClock();
  clock.wall = Date.parse('2025-06-01');
  const reporter = new PrometheusMetricsReporter();
  const priceBook = createPriceBook({}, { now: () => Date.parse('2026-11-01') });
  const monitor = new AIPerformanceMonitor({ metricsReporter: reporter, priceBook, clock });
  const usage = { promptTokens: 1_000_000, completionTokens: 0, totalTokens: 1_000_000, details: {} };
  monitor.open({ model: 'o3' }).complete({ usage });
  clock.wall = Date.parse('2025-07-01');
  monitor.open({ model: 'o3' }).complete({ usage });

  expect(await valueOf(reporter, 'ai_cost_usd_total')).toBe(12);
});

test('what an application changes before the metrics are read is counted as it was', async () => {
  const { reporter, monitor } = setUp();
  const attribution = { app: 'shop' };
  const usage = { promptTokens: 1, completionTokens: 2, totalTokens: 3, details: { reasoning: 1 } };
  const finishReasons: FinishReason[] = ['stop'];
  for (const app of ['shop', 'search']) {
    attribution.app = app;
    monitor.open({ model: 'm', attribution }).complete({ usage, finishReasons });
  }
  Object.assign(attribution, { app: 'other' });
  Object.assign(usage, { promptTokens: 100, details: { reasoning: 100 } });
  finishReasons[0] = 'length';

  expect(await valueOf(reporter, 'ai_requests_total', { app: 'shop' })).toBe(1);
  expect(await valueOf(reporter, 'ai_requests_total', { app: 'search' })).toBe(1);
  expect(await valueOf(reporter, 'ai_token_usage_total', { token_type: 'prompt' })).toBe(2);
  expect(await valueOf(reporter, 'ai_token_details_total', { detail: 'reasoning' })).toBe(2);
  expect(await valueOf(reporter, 'ai_finish_total', { finish_reason: 'stop' })).toBe(2);
});

describe('rate limits of calls that wait to be counted', () => {
  const limitsOf = async (told: readonly (RateLimits | (() => RateLimits | undefined))[]) => {
    const { reporter, monitor } = setUp();
    for (const rateLimits of told) monitor.open({ model: 'm' }).attempt({ httpStatus: 200, rateLimits });
    return {
      requests: await valueOf(reporter, 'ai_ratelimit_remaining', { kind: 'requests' }),
      tokens: await valueOf(reporter, 'ai_ratelimit_remaining', { kind: 'tokens' }),
      attempts: await valueOf(reporter, 'ai_attempts_total', { http_status: '200' }),
    };
  };

  test('each gauge has what was told of it last', async () => {
    const told = [{ requests: { remaining: 9 }, tokens: { remaining: 5 } }, { requests: { remaining: 8 } }, {}];
    expect(await limitsOf(told)).toEqual({ requests: 8, tokens: 5, attempts: 3 });
  });

  test('what a later answer told that is no number changes nothing', async () => {
    const told = [{ requests: { remaining: 9 } }, { requests: { remaining: NaN } }];
    expect(await limitsOf(told)).toMatchObject({ requests: 9 });
  });

  test('headers that are not needed are not read', async () => {
    const whole = { limit: 10, remaining: 7, resetSeconds: 1 };
    const read = jest.fn(() => ({ requests: whole, tokens: whole }));
    expect(await limitsOf(Array.from({ length: 10 }, () => read))).toEqual({ requests: 7, tokens: 7, attempts: 10 });
    expect(read).toHaveBeenCalledTimes(1);
  });

  test('headers that can not be read tell nothing and take no call with them', async () => {
    const broken = (): never => {
      throw new Error('no headers');
    };
    expect(await limitsOf([{ tokens: { remaining: 5 } }, broken])).toEqual({ tokens: 5, attempts: 2 });
  });
});

test('a reporter that is told at once gets the rate limits read', () => {
  const reporter = new InMemoryMetricsReporter();
  const call = new AIPerformanceMonitor({ metricsReporter: reporter }).open({ model: 'm' });
  call.attempt({ httpStatus: 200, rateLimits: () => ({ tokens: { remaining: 5 } }) });
  call.attempt({ httpStatus: 200, rateLimits: () => undefined });

  const [told, untold] = reporter.metricsOf('ai_attempt');
  expect(told).toMatchObject({ rateLimits: { tokens: { remaining: 5 } } });
  expect(untold).not.toHaveProperty('rateLimits');
});

test('an application may hand in the same labels again, changed since they were counted', async () => {
  const { reporter } = setUp();
  const labels = { app: 'shop' };
  const complete: AIEvent = [
    'ai_request_complete',
    {
      ...{ correlationId: 'req_1', provider: 'openai', model: 'm', startedAsModel: 'm', operation: 'chat' },
      ...{ attribution: labels, timestamp: 1, duration: 1, finishReasons: [], responseModel: null, serviceTier: null },
      ...{ promptTokens: null, completionTokens: null, totalTokens: null, tokenDetails: {}, usageEstimated: false },
      ...{ usageMissing: null, costUsd: null, unpriced: false },
    },
  ];
  reporter.trackEvent(...complete);
  reporter.trackEvent(...complete);
  expect(await valueOf(reporter, 'ai_requests_total', { app: 'shop' })).toBe(2);
  labels.app = 'search';
  reporter.trackEvent(...complete);

  expect(await valueOf(reporter, 'ai_requests_total', { app: 'search' })).toBe(1);
  expect(await valueOf(reporter, 'ai_requests_total', { app: 'shop' })).toBe(2);
});
