import { loadConfig } from '../../src/config/loadConfig.js';
import { METRICS } from '../../src/metrics/catalogue.js';
import { AIPerformanceMonitor } from '../../src/monitor/AIPerformanceMonitor.js';
import { createPriceBook } from '../../src/pricing/createPriceBook.js';
import { PrometheusMetricsReporter } from '../../src/reporters/PrometheusMetricsReporter.js';
import { SIMULATED_MODELS } from '../../src/simulator/models.js';

const APPS = ['web', 'mobile', 'batch'];
const FEATURES = ['chat', 'search', 'summarise'];
const CALLERS = SIMULATED_MODELS.flatMap(({ name: model }) =>
  APPS.flatMap((app) => FEATURES.map((feature) => ({ model, app, feature }))),
);
const FALLBACK = { model: 'gpt-4o', app: 'web', feature: 'chat' };
const CALLS = 3000;
const MS_PER_CALL = 250;
/** One call in so many fails, is broken off by its caller, or is told an outcome. */
const [FAILING, LEAVING, TOLD] = [200, 50, 3];

/** What /metrics tells after so many calls of every model, about four a second. */
export async function countedCalls(): Promise<string> {
  let now = 0;
  const clock = { now: () => now, wallTime: () => Date.now() };
  const { budgets, slos } = loadConfig({ env: {}, cwd: process.cwd() });
  const metricsReporter = new PrometheusMetricsReporter({ budgets, slos, version: 'benchmark', process: true });
  const monitor = new AIPerformanceMonitor({ metricsReporter, clock, priceBook: createPriceBook() });
  for (let number = 0; number < CALLS; number += 1) {
    const { model, app, feature } = CALLERS[number % CALLERS.length] ?? FALLBACK;
    const context = { provider: 'demo', model, operation: 'chat', attribution: { app, feature } } as const;
    metricsReporter.trackTiming(METRICS.gatewayOverhead.name, 0.1 + (number % 40) / 100);
    const stream = monitor.openStream(context);
    stream.attempt({ httpStatus: 200, rateLimits: { requests: LIMIT, tokens: LIMIT } });
    now += 300 + (number % 13) * 60;
    stream.firstToken();
    now += 600 + (number % 29) * 110;
    if (number % FAILING === 0) stream.fail({ errorType: 'stream_interrupted' });
    else if (number % LEAVING === 0) stream.abort();
    else stream.complete({ usage: usageOf(number), responseModel: model, finishReasons: ['stop'] });
    if (number % TOLD === 0) monitor.recordOutcome({ correlationId: stream.correlationId, outcome: 'accepted' });
    now += MS_PER_CALL;
  }
  return metricsReporter.getMetrics();
}

const LIMIT = { limit: 10_000, remaining: 9000, resetSeconds: 1 };

function usageOf(number: number) {
  const [promptTokens, completionTokens] = [300 + (number % 11) * 120, 80 + (number % 17) * 20];
  const details = { cached_prompt: number % 2 === 0 ? 200 : 0, reasoning: 20 };
  return { promptTokens, completionTokens, totalTokens: promptTokens + completionTokens, details };
}
