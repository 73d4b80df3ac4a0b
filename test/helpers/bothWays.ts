import type OpenAI from 'openai';
import { AIPerformanceMonitor } from '../../src/monitor/AIPerformanceMonitor.js';
import { monitorOpenAI } from '../../src/openai/monitorOpenAI.js';
import { createPriceBook } from '../../src/pricing/createPriceBook.js';
import { InMemoryMetricsReporter } from '../../src/reporters/InMemoryMetricsReporter.js';
import { settled } from './measuredClient.js';
import { startScriptedServer, type Answer } from './scriptedServer.js';
import { SDKS } from './sdks.js';
import { until } from './until.js';
import { startGateway } from './withGateway.js';

/** A client whose calls to a scripted server are measured, in one of the ways in which they can be. */
export interface Way {
  readonly client: OpenAI;
  readonly reporter: InMemoryMetricsReporter;
  /** Makes a call that is answered like this, and tells how it was recorded. */
  recorded(answer: Answer, call: () => Promise<unknown>): Promise<Record<string, unknown>>;
  close(): Promise<void>;
}

/** The library on each version of the SDK, and the gateway. */
export const WAYS: readonly (readonly [name: string, start: () => Promise<Way>])[] = [
  ...SDKS.map((sdk) => [`the library on ${sdk.version}`, () => startWay(sdk, false)] as const),
  ['the gateway', () => startWay(SDKS[1]!, true)],
];

async function startWay({ OpenAI }: (typeof SDKS)[number], throughGateway: boolean): Promise<Way> {
  const server = await startScriptedServer();
  const reporter = new InMemoryMetricsReporter();
  const monitor = new AIPerformanceMonitor({ metricsReporter: reporter, priceBook: createPriceBook() });
  const gateway = throughGateway ? await startGateway(`${server.url}/v1`, { monitor }) : undefined;
  const baseURL = gateway === undefined ? server.url : `${gateway.url}/v1`;
  const bare = new OpenAI({ apiKey: 'sk-test', maxRetries: 0, baseURL });
  return {
    client: throughGateway ? bare : monitorOpenAI(bare, { monitor }),
    reporter,
    recorded: async (answer, call) => {
      server.script(answer);
      const before = reporter.ended.length;
      await call();
      await until(() => reporter.ended.length > before, 'the end of the call');
      await settled(reporter);
      expect(reporter.ended).toHaveLength(before + 1);
      const [event, metrics] = reporter.ended.at(-1)!;
      return { event, ...metrics };
    },
    close: async () => {
      await gateway?.gateway.close(0);
      await server.close();
    },
  };
}
