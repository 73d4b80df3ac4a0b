import { register, Registry } from 'prom-client';
import { ERROR_TYPES } from '../../../src/call/errorType.js';
import { AIPerformanceMonitor } from '../../../src/monitor/AIPerformanceMonitor.js';
import type { AIEvent } from '../../../src/monitor/events.js';
import { PrometheusMetricsReporter } from '../../../src/reporters/PrometheusMetricsReporter.js';
import type { PrometheusReporterOptions } from '../../../src/reporters/prometheus/options.js';
import { LogKeeper } from '../../helpers/LogKeeper.js';
import { ManualClock } from '../../helpers/ManualClock.js';
import { linesOf, valueOf } from '../../helpers/scrape.js';

const USAGE = { promptTokens: 10, completionTokens: 5, totalTokens: 15, details: {} };

function setUp(options: PrometheusReporterOptions = {}, cost?: () => number | undefined) {
  const reporter = new PrometheusMetricsReporter(options);
  const clock = new ManualClock();
  const priceBook = cost === undefined ? undefined : { cost };
  return { clock, reporter, monitor: new AIPerformanceMonitor({ metricsReporter: reporter, clock, priceBook }) };
}

describe('known series start at 0', () => {
  test('when a call of theirs begins, so that increase() loses no first error', async () => {
    const { reporter, monitor } = setUp();

    monitor.open({ model: 'm', operation: 'chat', attribution: { app: 'shop' } });

    expect(await linesOf(reporter, 'ai_requests_total')).toHaveLength(6);
    expect(await linesOf(reporter, 'ai_errors_total')).toHaveLength(ERROR_TYPES.length);
    for (const line of [
      ...(await linesOf(reporter, 'ai_requests_total')),
      ...(await linesOf(reporter, 'ai_errors_total')),
    ]) {
      expect(line).toMatch(/ 0$/);
    }
    expect(await valueOf(reporter, 'ai_token_usage_total', { token_type: 'total', app: 'shop' })).toBe(0);
    expect(await valueOf(reporter, 'ai_attempts_total', { http_status: '429' })).toBe(0);
    expect(await valueOf(reporter, 'ai_usage_missing_total', { reason: 'not_sent' })).toBe(0);
    expect(await valueOf(reporter, 'ai_request_duration_ms_count', { status: 'error' })).toBe(0);
  });

  test('but not rate limits, which are unknown until a header tells them', async () => {
    const { reporter, monitor } = setUp();
    const call = monitor.open({ model: 'm' });

    expect(await linesOf(reporter, 'ai_ratelimit_remaining')).toEqual([]);
    call.attempt({ httpStatus: 200, rateLimits: { tokens: { remaining: 0 } } });
    expect(await valueOf(reporter, 'ai_ratelimit_remaining', { kind: 'tokens' })).toBe(0);
    expect(await linesOf(reporter, 'ai_ratelimit_limit')).toEqual([]);
  });

  test('and the reporter errors of a fresh process', async () => {
    const { reporter } = setUp();

    expect(await linesOf(reporter, 'promptmeter_reporter_errors_total')).toHaveLength(3);
    expect(await valueOf(reporter, 'promptmeter_scrape_errors_total')).toBe(0);
  });
});

describe('cost', () => {
  test('is 0 before the first call ends and exact after it', async () => {
    const { reporter, monitor } = setUp({}, () => 0.125);
    const call = monitor.open({ model: 'm' });

    expect(await valueOf(reporter, 'ai_cost_usd_total')).toBe(0);
    call.complete({ usage: USAGE });
    monitor.open({ model: 'm' }).complete({ usage: USAGE });
    expect(await valueOf(reporter, 'ai_cost_usd_total')).toBe(0.25);
  });

  test('of a model without a price is absent and counted, never a silent 0', async () => {
    const { reporter, monitor } = setUp({}, () => undefined);

    monitor.open({ model: 'm' }).complete({ usage: USAGE });

    expect(await linesOf(reporter, 'ai_cost_usd_total')).toEqual([]);
    expect(await valueOf(reporter, 'ai_unpriced_requests_total')).toBe(1);
  });

  test('of a model that costs nothing is 0', async () => {
    const { reporter, monitor } = setUp({}, () => 0);

    monitor.open({ model: 'm' }).complete({ usage: USAGE });

    expect(await valueOf(reporter, 'ai_cost_usd_total')).toBe(0);
  });

  test('appears when a price comes, and stays when it goes', async () => {
    const prices = [undefined, 1, undefined];
    const { reporter, monitor } = setUp({}, () => prices.shift());

    for (const expected of [undefined, 1, 1]) {
      monitor.open({ model: 'm' }).complete({ usage: USAGE });
      expect(await valueOf(reporter, 'ai_cost_usd_total')).toBe(expected);
    }
    expect(await valueOf(reporter, 'ai_unpriced_requests_total')).toBe(2);
  });
});

describe('calls in flight', () => {
  test('go back to 0 however the calls end', async () => {
    const { reporter, monitor } = setUp();
    const calls = Array.from({ length: 6 }, (_, at) =>
      at % 2 === 0 ? monitor.open({ model: 'm' }) : monitor.openStream({ model: 'm' }),
    );

    expect(await valueOf(reporter, 'ai_requests_in_flight')).toBe(6);
    calls[0]?.complete();
    calls[1]?.complete();
    calls[2]?.fail({ errorType: 'timeout' });
    calls[3]?.fail({ errorType: 'timeout' });
    calls[4]?.abort();
    calls[5]?.abort();
    expect(await valueOf(reporter, 'ai_requests_in_flight')).toBe(0);
  });

  test('go back to 0 for calls whose model only the answer tells', async () => {
    const { reporter, monitor } = setUp();

    monitor.open().complete({ responseModel: 'm' });

    expect(await valueOf(reporter, 'ai_requests_in_flight', { model: 'unknown' })).toBe(0);
    expect(await valueOf(reporter, 'ai_requests_in_flight', { model: 'm' })).toBe(0);
    expect(await valueOf(reporter, 'ai_requests_total', { model: 'm', status: 'success' })).toBe(1);
  });

  test("are each model's own after a thousand calls at once", async () => {
    const { reporter, monitor } = setUp();
    const calls = Array.from({ length: 1000 }, (_, at) =>
      monitor.trackRequest(() => new Promise(setImmediate), { model: `m${at % 7}` }),
    );

    expect(await valueOf(reporter, 'ai_requests_in_flight')).toBe(1000);
    await Promise.all(calls);
    expect(await linesOf(reporter, 'ai_requests_in_flight')).toHaveLength(7);
    expect(await valueOf(reporter, 'ai_requests_in_flight')).toBe(0);
    expect(await valueOf(reporter, 'ai_requests_total', { status: 'success' })).toBe(1000);
  });
});

describe('errors', () => {
  test('count calls that were given up as aborted, so that errors and successes make up all calls', async () => {
    const { reporter, monitor } = setUp();

    monitor.open({ model: 'm' }).abort();
    monitor.openStream({ model: 'm' }).fail({ errorType: 'stream_error' });

    expect(await valueOf(reporter, 'ai_errors_total', { error_type: 'aborted' })).toBe(1);
    expect(await valueOf(reporter, 'ai_errors_total', { error_type: 'stream_error' })).toBe(1);
    expect(await valueOf(reporter, 'ai_errors_total')).toBe(2);
  });

  test('an aborted call whose usage is known has its tokens counted', async () => {
    const { reporter, monitor } = setUp();

    monitor.openStream({ model: 'm' }).abort({ usage: USAGE });

    expect(await valueOf(reporter, 'ai_token_usage_total', { token_type: 'total' })).toBe(15);
  });
});

describe('attempts', () => {
  test.each([
    [{}, 'none'],
    [{ httpStatus: 200 }, '200'],
    [{ httpStatus: 418 }, '418'],
    [{ httpStatus: 0 }, 'other'],
    [{ httpStatus: 99.5 }, 'other'],
    [{ httpStatus: NaN }, 'other'],
  ])('%p counts as %s', async (attempt, http_status) => {
    const { reporter, monitor } = setUp();

    monitor.open({ model: 'm' }).attempt(attempt);

    expect(await valueOf(reporter, 'ai_attempts_total', { http_status })).toBe(1);
    expect(await valueOf(reporter, 'ai_attempts_total')).toBe(1);
  });

  test('header values that are no numbers set no gauge', async () => {
    const { reporter, monitor } = setUp();

    monitor.open({ model: 'm' }).attempt({ rateLimits: { requests: { limit: NaN, remaining: Infinity } } });

    expect(await reporter.getMetrics()).not.toMatch(/ [+-]?(nan|inf)$/im);
    expect(await linesOf(reporter, 'ai_ratelimit_limit')).toEqual([]);
  });
});

describe('attribution', () => {
  test('has the labels of the allow-list and no others', async () => {
    const { reporter, monitor } = setUp({ attributionLabels: ['team'] });

    monitor.open({ model: 'm', attribution: { team: 'search', user: 'ann@example.org' } }).complete();

    expect(await valueOf(reporter, 'ai_requests_total', { team: 'search', status: 'success' })).toBe(1);
    expect(await reporter.getMetrics()).not.toContain('ann@example.org');
  });

  test('that is absent is an empty label, not the text undefined', async () => {
    const { reporter, monitor } = setUp();

    monitor.open({ model: 'm' }).complete();

    expect(await valueOf(reporter, 'ai_requests_total', { app: '', feature: '', status: 'success' })).toBe(1);
    expect(await reporter.getMetrics()).not.toContain('undefined');
  });

  test('values made to look like other labels are counted apart', async () => {
    const { reporter, monitor } = setUp();

    monitor.open({ model: 'm', attribution: { app: 'x,feature:y' } }).complete();
    monitor.open({ model: 'm', attribution: { app: 'x', feature: 'y,feature:' } }).complete();

    const counts = (await linesOf(reporter, 'ai_requests_total')).filter((line) => line.includes('status="success"'));
    expect(counts.map((line) => line.slice(-2))).toEqual([' 1', ' 1']);
  });
});

describe('the registry', () => {
  test('is its own by default, never the global one', async () => {
    const { monitor } = setUp();
    monitor.open({ model: 'm' }).complete();

    expect(await register.metrics()).not.toContain('ai_requests_total');
    expect(setUp().reporter.registry).not.toBe(setUp().reporter.registry);
  });

  test("may be the application's, beside its own metrics", async () => {
    const registry = new Registry();
    const { reporter, monitor } = setUp({ registry });

    monitor.open({ model: 'm' }).complete();

    expect(reporter.registry).toBe(registry);
    expect(await registry.metrics()).toContain('ai_requests_total{provider="openai",model="m",status="success"');
  });

  test('that has these metrics already is refused in one sentence', () => {
    const { registry } = new PrometheusMetricsReporter();

    expect(() => new PrometheusMetricsReporter({ registry })).toThrow(
      'metric ai_requests_total is in this registry already, from another reporter or the application; use another name or the labels it was first given',
    );
  });

  test('can be reset like any other', async () => {
    const { reporter, monitor } = setUp();
    monitor.openStream({ model: 'm' }).complete({ usage: USAGE });

    reporter.registry.resetMetrics();

    expect(await valueOf(reporter, 'ai_requests_total')).toBe(0);
    expect(await valueOf(reporter, 'ai_request_duration_ms_count')).toBe(0);
    expect(await valueOf(reporter, 'ai_requests_in_flight')).toBe(0);
  });
});

test('the content type carries its version', () => {
  expect(new PrometheusMetricsReporter().contentType).toBe('text/plain; version=0.0.4; charset=utf-8');
});

test('build information shows the version given and that of Node.js', async () => {
  const reporter = new PrometheusMetricsReporter({ version: '1.2.3' });

  expect(await linesOf(reporter, 'promptmeter_build_info')).toEqual([
    `promptmeter_build_info{version="1.2.3",node_version="${process.version}"} 1`,
  ]);
});

test('an event that nobody knows is logged at level debug and counted nowhere', async () => {
  const logger = new LogKeeper();
  const { reporter } = setUp({ logger });
  const before = await reporter.getMetrics();

  reporter.trackEvent(...(['ai_from_the_future', { model: 'm' }] as unknown as AIEvent));

  expect(await reporter.getMetrics()).toBe(before);
  expect(logger.lines).toEqual([
    { level: 'debug', message: 'Unknown metrics event: ai_from_the_future', fields: { model: 'm' } },
  ]);
});
