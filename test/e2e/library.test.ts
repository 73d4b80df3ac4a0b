import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express from 'express';
import OpenAI from 'openai';
import {
  AIPerformanceMonitor,
  createPriceBook,
  METRICS,
  metricsRoutes,
  monitorOpenAI,
  PrometheusMetricsReporter,
} from '../../src/index.js';
import { createSimulator } from '../../src/simulator/index.js';
import { startPrometheus } from '../helpers/livePrometheus.js';

test('an application with the library and its own /metrics is seen by a real Prometheus', async () => {
  const simulator = createSimulator({ speed: 100 });
  const { url } = await simulator.listen();
  const metricsReporter = new PrometheusMetricsReporter();
  const monitor = new AIPerformanceMonitor({ metricsReporter, priceBook: createPriceBook() });
  const openai = monitorOpenAI(new OpenAI({ apiKey: 'sk-test', baseURL: `${url}/v1` }), { monitor });

  const application = express().use('/metrics', metricsRoutes(metricsReporter)).listen(0, '127.0.0.1');
  await once(application, 'listening');
  const { port } = application.address() as AddressInfo;
  const prometheus = await startPrometheus(`127.0.0.1:${port}`);
  try {
    const messages = [{ role: 'user' as const, content: 'Hello' }];
    await openai.chat.completions.create({ model: 'gpt-4o-mini', messages });
    for await (const chunk of await openai.chat.completions.create({ model: 'gpt-4o-mini', messages, stream: true })) {
      expect(chunk.object).toBe('chat.completion.chunk');
    }
    await prometheus.until(`${METRICS.requests.name}{model="gpt-4o-mini", status="success"} == 1`);
    await prometheus.until(`${METRICS.requests.name}{model="gpt-4o-mini", status="success_stream"} == 1`);
    await prometheus.until(`${METRICS.firstToken.name}_count{model="gpt-4o-mini"} == 1`);
    await prometheus.until(`${METRICS.tokens.name}{model="gpt-4o-mini", token_type="completion"}`);
    await prometheus.until(`${METRICS.cost.name}{model="gpt-4o-mini"}`);
  } finally {
    await prometheus.close();
    application.close();
    await simulator.close();
  }
}, 300_000);
