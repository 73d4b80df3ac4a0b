import './oneRealm.js';
import type OpenAI from 'openai';
import type { ClientOptions } from 'openai';
import { AIPerformanceMonitor } from '../../src/monitor/AIPerformanceMonitor.js';
import { monitorOpenAI, type MonitorOpenAIOptions } from '../../src/openai/monitorOpenAI.js';
import { InMemoryMetricsReporter } from '../../src/reporters/InMemoryMetricsReporter.js';

/** A bare client that waits for no retry, the same one measured, and what is told of the measured one's calls. */
export function clientPair(
  Client: typeof OpenAI,
  options: ClientOptions,
  monitoring: Omit<MonitorOpenAIOptions, 'monitor'> = {},
) {
  class Impatient extends Client {}
  Object.defineProperty(Impatient.prototype, 'calculateDefaultRetryTimeoutMillis', { value: () => 1 });
  const bare = new Impatient({ apiKey: 'sk-test', maxRetries: 0, ...options });
  const reporter = new InMemoryMetricsReporter();
  const monitor = new AIPerformanceMonitor({ metricsReporter: reporter });
  return { bare, measured: monitorOpenAI(bare, { monitor, ...monitoring }), reporter };
}

/** Waits, as long as a call may take to be told of after its caller has seen its end, and no longer. */
export async function settled(reporter: InMemoryMetricsReporter): Promise<void> {
  for (let turn = 0; turn < 200 && reporter.inFlight > 0; turn += 1) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
