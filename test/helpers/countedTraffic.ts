import OpenAI from 'openai';
import { AIPerformanceMonitor } from '../../src/monitor/AIPerformanceMonitor.js';
import { createPriceBook } from '../../src/pricing/createPriceBook.js';
import { PrometheusMetricsReporter } from '../../src/reporters/PrometheusMetricsReporter.js';
import type { LedgerReport } from '../../src/simulator/Ledger.js';
import { withExporter } from './withExporter.js';
import { startGateway } from './withGateway.js';
import { withSimulator } from './withSimulator.js';

/** One call: its model, the faults that strike it, and whether it streams. */
export interface CountedCall {
  readonly model: string;
  readonly fault?: string;
  readonly stream?: boolean;
}

export interface CountedTraffic {
  /** What /metrics told before the calls, when all of their series were there, and after them. */
  readonly before: string;
  readonly after: string;
  /** What the simulated API gave out. */
  readonly ledger: LedgerReport;
}

/** Makes the calls with the real SDK through the gateway to the simulated API, one after the other. */
export async function countedTraffic(calls: readonly CountedCall[]): Promise<CountedTraffic> {
  const reporter = new PrometheusMetricsReporter({ version: '0.0.0' });
  const monitor = new AIPerformanceMonitor({ metricsReporter: reporter, priceBook: createPriceBook() });
  let traffic: CountedTraffic | undefined;
  await withSimulator({ seed: 1 }, async ({ simulator, url }) => {
    const { gateway, url: gatewayUrl } = await startGateway(`${url}/v1`, { monitor });
    try {
      await withExporter({ metrics: reporter }, async (exporter) => {
        const client = new OpenAI({ apiKey: 'sk-test', baseURL: `${gatewayUrl}/v1`, maxRetries: 1, logLevel: 'off' });
        const scrape = async () => (await fetch(`${exporter.url}/metrics`)).text();
        // Once to have every series there; what these calls count is in both readings.
        for (const call of calls) await make(client, call);
        const before = await scrape();
        simulator.ledger.reset();
        for (const call of calls) await make(client, call);
        traffic = { before, after: await scrape(), ledger: simulator.ledger.report() };
      });
    } finally {
      await gateway.close(0);
    }
  });
  if (traffic === undefined) throw new Error('no traffic was made');
  return traffic;
}

async function make(client: OpenAI, { model, fault, stream = false }: CountedCall): Promise<void> {
  const body = { model, messages: [{ role: 'user' as const, content: 'Name a colour, please.' }] };
  const headers = { 'x-promptmeter-app': 'web', ...(fault !== undefined && { 'x-simulate': fault }) };
  try {
    if (!stream) {
      await client.chat.completions.create(body, { headers });
      return;
    }
    const chunks = await client.chat.completions.create({ ...body, stream }, { headers });
    for await (const { id } of chunks) if (id === '') throw new Error('a chunk without an id');
  } catch (error) {
    if (fault === undefined) throw error;
  }
}
