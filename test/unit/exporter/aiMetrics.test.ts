import { aiMetrics } from '../../../src/exporter/aiMetrics.js';
import { AIPerformanceMonitor } from '../../../src/monitor/AIPerformanceMonitor.js';
import { PrometheusMetricsReporter } from '../../../src/reporters/PrometheusMetricsReporter.js';
import { ManualClock } from '../../helpers/ManualClock.js';

const USAGE = { promptTokens: 10, completionTokens: 5, totalTokens: 15, details: {} };

function setUp(cost?: (call: { model: string }) => number | undefined) {
  const clock = new ManualClock();
  const reporter = new PrometheusMetricsReporter();
  const priceBook = cost === undefined ? undefined : { cost };
  const monitor = new AIPerformanceMonitor({ metricsReporter: reporter, clock, priceBook });
  return { clock, monitor, read: async () => aiMetrics(await reporter.registry.getMetricsAsJSON()) };
}

describe('the view of /metrics/ai', () => {
  test('is empty before the first call', async () => {
    expect(await setUp().read()).toEqual({
      requestCounts: {},
      avgDuration: {},
      tokenUsage: {},
      cost: {},
      errors: {},
      timeToFirstToken: {},
    });
  });

  test('has no mean of no calls', async () => {
    const { monitor, read } = setUp();

    monitor.open({ model: 'm' });

    expect(await read()).toMatchObject({
      requestCounts: { m: { total: 0 } },
      avgDuration: { m: null },
      timeToFirstToken: { m: null },
    });
  });

  test('adds up what providers, operations and attribution keep apart', async () => {
    const { clock, monitor, read } = setUp(() => 2);
    const calls = [
      monitor.open({ model: 'm', operation: 'chat', attribution: { app: 'a' } }),
      monitor.open({ model: 'm', operation: 'responses', attribution: { app: 'b' } }),
      monitor.openStream({ model: 'm', operation: 'chat', provider: 'azure' }),
    ];

    for (const call of calls) {
      clock.advance(100);
      call.firstToken();
      call.complete({ usage: USAGE });
    }

    expect(await read()).toMatchObject({
      requestCounts: { m: { total: 3, success: 2, success_stream: 1 } },
      avgDuration: { m: 200 },
      tokenUsage: { m: { prompt: 30, completion: 15, total: 45 } },
      cost: { m: { usd: 6, unpricedRequests: 0 } },
      timeToFirstToken: { m: 300 },
    });
  });

  test('tells an unknown cost from one of 0', async () => {
    const { monitor, read } = setUp(({ model }) => (model === 'free' ? 0 : undefined));

    monitor.open({ model: 'free' }).complete({ usage: USAGE });
    monitor.open({ model: 'unpriced' }).complete({ usage: USAGE });

    expect((await read()).cost).toEqual({
      free: { usd: 0, unpricedRequests: 0 },
      unpriced: { usd: null, unpricedRequests: 1 },
    });
  });

  test('names only the errors that occurred', async () => {
    const { monitor, read } = setUp();

    monitor.open({ model: 'm' }).fail({ errorType: 'timeout' });
    monitor.open({ model: 'm' }).abort();

    expect((await read()).errors).toEqual({ m: { timeout: 1, aborted: 1 } });
  });

  test('takes a model named __proto__ for one like any other', async () => {
    const { monitor, read } = setUp();

    monitor.open({ model: '__proto__' }).complete({ usage: USAGE });

    expect(Object.keys((await read()).requestCounts)).toEqual(['__proto__']);
  });
});
