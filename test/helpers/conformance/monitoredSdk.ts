import { appendFileSync } from 'node:fs';
import { AIPerformanceMonitor } from '../../../src/monitor/AIPerformanceMonitor.js';
import type { MetricsReporter } from '../../../src/monitor/MetricsReporter.js';
import { monitorOpenAI } from '../../../src/openai/monitorOpenAI.js';

type ClientClass = new (...args: unknown[]) => object;
type Sdk = Readonly<Record<string, unknown>>;

const CLIENTS: ReadonlySet<string> = new Set(['default', 'OpenAI', 'AzureOpenAI', 'BedrockOpenAI']);

/** The SDK with classes whose `new` gives a client of `monitorOpenAI`; everything else is the SDK's own. */
export function monitoredSdk(sdk: Sdk): Sdk {
  const monitor = new AIPerformanceMonitor({ metricsReporter: tally(process.env['PROMPTMETER_CONFORMANCE_TALLY']) });
  /** `monitorOpenAI` makes a client of the same class, which is to stay a bare one. */
  let making = false;
  const monitored = (Client: ClientClass): ClientClass =>
    new Proxy(Client, {
      construct(target, args: unknown[], newTarget) {
        const client: unknown = Reflect.construct(target, args, newTarget);
        if (making || !isObject(client)) return Object(client) as object;
        making = true;
        try {
          return monitorOpenAI(client, { monitor });
        } finally {
          making = false;
        }
      },
    });
  const classes = new Map<unknown, unknown>();
  return new Proxy(sdk, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key);
      if (typeof key !== 'string' || !CLIENTS.has(key) || typeof value !== 'function') return value;
      if (!classes.has(value)) classes.set(value, monitored(value as ClientClass));
      return classes.get(value);
    },
  });
}

/** Writes one letter to the file for each call: `s` when it starts, `e` when it ends. */
function tally(file: string | undefined): MetricsReporter {
  return {
    trackEvent(...[name]) {
      const isEnd = /_(complete|error|aborted)$/.test(name);
      if (file !== undefined && (isEnd || name.endsWith('_start'))) appendFileSync(file, isEnd ? 'e' : 's');
    },
    trackCounter: () => undefined,
    trackTiming: () => undefined,
    trackGauge: () => undefined,
  };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
