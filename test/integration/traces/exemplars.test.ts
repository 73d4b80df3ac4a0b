import type OpenAI from 'openai';
import { z } from 'zod';
import { AIPerformanceMonitor } from '../../../src/monitor/AIPerformanceMonitor.js';
import { monitorOpenAI } from '../../../src/openai/monitorOpenAI.js';
import { PrometheusMetricsReporter } from '../../../src/reporters/PrometheusMetricsReporter.js';
import { collect } from '../../helpers/collect.js';
import { eventually } from '../../helpers/eventually.js';
import { startPrometheus } from '../../helpers/livePrometheus.js';
import '../../helpers/oneRealm.js';
import { withExporter } from '../../helpers/withExporter.js';
import { startGateway } from '../../helpers/withGateway.js';
import { withSimulator } from '../../helpers/withSimulator.js';

const traceparentOf = (traceId: string): Record<string, string> => ({
  traceparent: `00-${traceId}-00f067aa0ba902b7-01`,
});

const messages = [{ role: 'user' as const, content: 'Hi' }];
const JSON_CALL = { model: 'gpt-4o-mini', messages };

/** The histograms and trace ids that a reporter exports as exemplars. */
async function exemplarsOf(reporter: PrometheusMetricsReporter): Promise<string[]> {
  const text = Buffer.concat(await reporter.scrape('openmetrics')).toString();
  return [...text.matchAll(/^(\w+)_bucket\{.* # \{trace_id="(\w+)"\}/gm)].map(([, name, id]) => `${name} ${id}`);
}

/** A client of the simulator, and a reporter that gets what is measured: in the application, or by a gateway. */
type Setup = (use: (client: OpenAI, reporter: PrometheusMetricsReporter) => Promise<void>) => Promise<void>;

const library: Setup = (use) =>
  withSimulator({}, async ({ client }) => {
    const reporter = new PrometheusMetricsReporter();
    await use(monitorOpenAI(client, { monitor: new AIPerformanceMonitor({ metricsReporter: reporter }) }), reporter);
  });

const gateway: Setup = (use) =>
  withSimulator({}, async ({ url, client }) => {
    const reporter = new PrometheusMetricsReporter();
    const monitor = new AIPerformanceMonitor({ metricsReporter: reporter });
    const running = await startGateway(`${url}/v1`, { monitor });
    try {
      await use(client.withOptions({ baseURL: `${running.url}/v1` }), reporter);
    } finally {
      await running.gateway.close(0);
    }
  });

describe.each([
  ['the library', library],
  ['the gateway', gateway],
])('through %s', (_name, setup) => {
  test('the trace of a call is on its histograms', async () => {
    await setup(async (client, reporter) => {
      const [whole, streamed] = ['1'.repeat(32), '2'.repeat(32)];
      await client.chat.completions.create(JSON_CALL, { headers: traceparentOf(whole) });
      const stream = await client.chat.completions.create(
        { ...JSON_CALL, stream: true },
        { headers: traceparentOf(streamed) },
      );
      await collect(stream);

      const exemplars = await eventually('the end of both calls', async () => {
        const found = await exemplarsOf(reporter);
        return found.length >= 4 ? found : undefined;
      });

      expect(exemplars.sort()).toEqual([
        `ai_request_duration_ms ${whole}`,
        `ai_request_duration_ms ${streamed}`,
        `ai_time_per_output_token_ms ${streamed}`,
        `ai_time_to_first_token_ms ${streamed}`,
      ]);
    });
  });

  test('a traceparent that is none, or absent, changes nothing', async () => {
    await setup(async (client, reporter) => {
      await client.chat.completions.create(JSON_CALL, { headers: { traceparent: '00-"} 1-2-01' } });
      await client.chat.completions.create(JSON_CALL);

      expect(await exemplarsOf(reporter)).toEqual([]);
    });
  });
});

test("the client's default headers name the trace as well", async () => {
  await library(async (client, reporter) => {
    const traced = client.withOptions({ defaultHeaders: traceparentOf('3'.repeat(32)) });
    await traced.chat.completions.create(JSON_CALL);

    expect(await exemplarsOf(reporter)).toEqual([`ai_request_duration_ms ${'3'.repeat(32)}`]);
  });
});

const exemplarAnswer = z.object({
  data: z.array(z.object({ exemplars: z.array(z.object({ labels: z.record(z.string(), z.string()) })) })),
});

test('a real Prometheus finds the trace of a slow call', async () => {
  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
  await withExporter({}, async ({ port, reporter }) => {
    const monitor = new AIPerformanceMonitor({ metricsReporter: reporter });
    const prometheus = await startPrometheus(`127.0.0.1:${port}`, ['--enable-feature=exemplar-storage']);
    try {
      await prometheus.until('up');
      monitor.open({ model: 'gpt-4o', operation: 'chat', traceId }).complete();
      await prometheus.until('ai_requests_total{status="success"}');

      const found = await eventually('the exemplar', async () => {
        const minute = 60;
        const now = Date.now() / 1000;
        const query = new URLSearchParams({
          query: 'histogram_quantile(0.95, sum by (le) (rate(ai_request_duration_ms_bucket[5m])))',
          start: String(now - minute),
          end: String(now + minute),
        });
        const response = await fetch(`${prometheus.url}/api/v1/query_exemplars?${query.toString()}`);
        const { data } = exemplarAnswer.parse(await response.json());
        return data[0]?.exemplars[0];
      });

      expect(found.labels).toEqual({ trace_id: traceId });
    } finally {
      await prometheus.close();
    }
  });
}, 120_000);
