import { jest } from '@jest/globals';
import { Gauge } from 'prom-client';
import { AIPerformanceMonitor } from '../../../src/monitor/AIPerformanceMonitor.js';
import { ManualClock } from '../../helpers/ManualClock.js';
import { valueOf } from '../../helpers/scrape.js';
import { withExporter } from '../../helpers/withExporter.js';

const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });

describe('GET /metrics', () => {
  test('answers with what the reporter exports, to the byte, and with the versioned content type', async () => {
    await withExporter({}, async ({ url, reporter }) => {
      new AIPerformanceMonitor({ metricsReporter: reporter }).open({ model: 'ünï', operation: 'chat' }).complete();

      const response = await fetch(`${url}/metrics`);

      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
      expect(await response.text()).toBe(await reporter.getMetrics());
    });
  });

  test('answers HEAD without a body', async () => {
    await withExporter({}, async ({ url }) => {
      const response = await fetch(`${url}/metrics`, { method: 'HEAD' });

      expect([response.status, await response.text()]).toEqual([200, '']);
    });
  });

  test('answers 500 with text when collecting fails, counts it, tells of it, and recovers', async () => {
    const told: unknown[] = [];
    const broken = new Error('a collector of the application');
    const collect = jest.fn<() => Promise<void>>().mockRejectedValue(broken);
    await withExporter({ onScrapeError: (error) => told.push(error) }, async ({ url, reporter, logger }) => {
      new Gauge({ name: 'orders', help: 'Orders.', registers: [reporter.registry], collect });

      const response = await fetch(`${url}/metrics`);

      expect(response.status).toBe(500);
      expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
      expect(await response.text()).toBe('# Collecting the metrics failed; the log tells more\n');
      expect(told).toEqual([broken]);
      expect(logger.lines).toMatchObject([
        { level: 'error', fields: { error: 'Error: a collector of the application' } },
      ]);
      collect.mockResolvedValue();
      expect((await fetch(`${url}/metrics`)).status).toBe(200);
      expect(await valueOf(reporter, 'promptmeter_scrape_errors_total')).toBe(1);
    });
  });
});

describe('who may read /metrics', () => {
  test.each([
    ['anyone when no token is configured', {}, {}, 200],
    ['anyone when only the admin token is', { adminToken: 'a' }, {}, 200],
    ['nobody without a token', { metricsToken: 'm' }, {}, 401],
    ['the holder of the metrics token', { metricsToken: 'm' }, bearer('m'), 200],
    ['the holder of the admin token', { metricsToken: 'm', adminToken: 'a' }, bearer('a'), 200],
    ['not who guesses', { metricsToken: 'm' }, bearer('n'), 401],
    ['not who knows the beginning', { metricsToken: 'secret' }, bearer('secre'), 401],
    ['not who sends more', { metricsToken: 'secret' }, bearer('secrets'), 401],
    ['not by basic authentication', { metricsToken: 'm' }, { headers: { authorization: 'Basic bTpt' } }, 401],
    ['by bearer in small letters', { metricsToken: 'm' }, { headers: { authorization: 'bearer m' } }, 200],
    ['not by an empty bearer', { metricsToken: 'm' }, { headers: { authorization: 'Bearer ' } }, 401],
    ['anyone when the token is empty, which is none', { metricsToken: '' }, {}, 200],
  ])('%s', async (_name, tokens, request, status) => {
    await withExporter(tokens, async ({ url }) => {
      const response = await fetch(`${url}/metrics`, request);

      expect(response.status).toBe(status);
      expect(response.headers.get('www-authenticate')).toBe(status === 401 ? 'Bearer realm="promptmeter"' : null);
      if (status === 401) expect(await response.text()).not.toContain('ai_requests_total');
    });
  });
});

describe('who may read /metrics/ai', () => {
  const both = { adminToken: 'admin', metricsToken: 'metrics' };

  test.each([
    ['nobody when no admin token is configured', {}, bearer('admin'), 503],
    ['nobody when only the metrics token is', { metricsToken: 'metrics' }, bearer('metrics'), 503],
    ['nobody without a token', both, {}, 401],
    ['nobody with an unknown token', both, bearer('guess'), 401],
    ['not the holder of the metrics token, which is not the admin role', both, bearer('metrics'), 403],
    ['the holder of the admin token', both, bearer('admin'), 200],
    ['the holder of one token for both', { adminToken: 'one', metricsToken: 'one' }, bearer('one'), 200],
  ])('%s', async (_name, tokens, request, status) => {
    await withExporter(tokens, async ({ url }) => {
      const response = await fetch(`${url}/metrics/ai`, request);

      expect(response.status).toBe(status);
      expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
      expect(response.headers.has('www-authenticate')).toBe(status === 401);
    });
  });

  test('503 says which variable to set', async () => {
    await withExporter({}, async ({ url }) => {
      const response = await fetch(`${url}/metrics/ai`);

      expect(await response.json()).toEqual({
        error: {
          code: 'admin_token_missing',
          message: 'set PROMPTMETER_ADMIN_TOKEN and start again to use this route',
        },
      });
    });
  });
});

test('GET /metrics/ai was empty in the sample code; here it has the totals of every model', async () => {
  await withExporter({ adminToken: 'admin' }, async ({ url, reporter }) => {
    const clock = new ManualClock();
    const monitor = new AIPerformanceMonitor({ metricsReporter: reporter, priceBook: { cost: () => 0.5 }, clock });
    const usage = { promptTokens: 10, completionTokens: 5, totalTokens: 15, details: {} };
    const whole = (app: string) => monitor.open({ model: 'a', operation: 'chat', attribution: { app } });
    const [first, second] = [whole('x'), whole('y')];
    const stream = monitor.openStream({ model: 'b', operation: 'chat' });
    clock.advance(100);
    first.complete({ usage });
    stream.firstToken();
    clock.advance(200);
    second.complete({ usage });
    stream.fail({ errorType: 'rate_limit' });

    const response = await fetch(`${url}/metrics/ai`, bearer('admin'));

    expect(await response.json()).toMatchObject({
      requestCounts: { a: { total: 2, success: 2, error: 0 }, b: { total: 1, error_stream: 1 } },
      avgDuration: { a: 200, b: 300 },
      tokenUsage: { a: { prompt: 20, completion: 10, total: 30 }, b: { total: 0 } },
      cost: { a: { usd: 1, unpricedRequests: 0 } },
      errors: { a: {}, b: { rate_limit: 1 } },
      timeToFirstToken: { a: null, b: 100 },
    });
  });
});
