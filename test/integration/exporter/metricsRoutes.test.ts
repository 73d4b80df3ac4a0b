import express from 'express';
import type { AddressInfo } from 'node:net';
import { metricsRoutes, type MetricsRoutesOptions } from '../../../src/exporter/metricsRoutes.js';
import { AIPerformanceMonitor } from '../../../src/monitor/AIPerformanceMonitor.js';
import { ConsoleMetricsReporter } from '../../../src/reporters/ConsoleMetricsReporter.js';
import { FanOutReporter } from '../../../src/reporters/FanOutReporter.js';
import { PrometheusMetricsReporter } from '../../../src/reporters/PrometheusMetricsReporter.js';
import { LogKeeper } from '../../helpers/LogKeeper.js';

/** An application's own server, with the routes mounted where it likes. */
async function withApplication(
  reporter: object,
  options: MetricsRoutesOptions,
  use: (url: string) => Promise<void>,
): Promise<void> {
  const server = express().use('/internal/metrics', metricsRoutes(reporter, options)).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  try {
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}/internal/metrics`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

function measured(): PrometheusMetricsReporter {
  const metricsReporter = new PrometheusMetricsReporter();
  new AIPerformanceMonitor({ metricsReporter }).open({ model: 'm', operation: 'chat' }).complete();
  return metricsReporter;
}

describe("metricsRoutes in an application's own server", () => {
  test('serves /metrics with its version', async () => {
    const reporter = measured();
    await withApplication(reporter, {}, async (url) => {
      const response = await fetch(url);

      expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
      expect(await response.text()).toBe(await reporter.getMetrics());
    });
  });

  test('serves /metrics/ai to the holder of the admin token alone', async () => {
    await withApplication(measured(), { adminToken: 'a' }, async (url) => {
      const allowed = await fetch(`${url}/ai`, { headers: { authorization: 'Bearer a' } });

      expect((await fetch(`${url}/ai`)).status).toBe(401);
      expect(await allowed.json()).toMatchObject({ requestCounts: { m: { total: 1, success: 1 } } });
    });
  });

  test('finds the Prometheus reporter in a fan-out', async () => {
    const console = new ConsoleMetricsReporter({ logger: new LogKeeper() });
    await withApplication(new FanOutReporter([console, measured()]), {}, async (url) => {
      expect(await (await fetch(url)).text()).toContain('ai_requests_total{provider="openai",model="m"');
    });
  });

  test('answers for a reporter that keeps no metrics with an empty page, as the specification does', async () => {
    const reporter = new ConsoleMetricsReporter({ logger: new LogKeeper() });
    await withApplication(reporter, { adminToken: 'a' }, async (url) => {
      const admin = await fetch(`${url}/ai`, { headers: { authorization: 'Bearer a' } });

      expect(await (await fetch(url)).text()).toBe('# No metrics available\n');
      expect(await admin.json()).toMatchObject({ requestCounts: {}, avgDuration: {}, tokenUsage: {} });
    });
  });
});
