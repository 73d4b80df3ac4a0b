import { AIPerformanceMonitor } from '../../../src/monitor/AIPerformanceMonitor.js';
import { createPriceBook } from '../../../src/pricing/createPriceBook.js';
import { PrometheusMetricsReporter } from '../../../src/reporters/PrometheusMetricsReporter.js';

const prices = { 'my-model': { input: 10, cachedInput: 2.5, output: 20 }, 'flat-model': { input: 10, output: 20 } };
const usage = (details: Record<string, number>) => ({
  promptTokens: 1000,
  completionTokens: 100,
  totalTokens: 1100,
  details,
});

/** What caching is told to have saved after one call of 1,000 prompt tokens at 10 dollars a million. */
async function savedBy(model: string, details: Record<string, number>): Promise<number | undefined> {
  const reporter = new PrometheusMetricsReporter();
  const monitor = new AIPerformanceMonitor({ metricsReporter: reporter, priceBook: createPriceBook(prices) });
  monitor.open({ model }).complete({ usage: usage(details) });
  const line = (await reporter.getMetrics()).split('\n').find((each) => each.startsWith('ai_cache_saved_usd_total{'));
  return line === undefined ? undefined : Number(line.slice(line.lastIndexOf(' ')));
}

test.each([
  ['the cached tokens at the difference of the prices', 'my-model', { cached_prompt: 800 }, (800 * 7.5) / 1e6],
  ['nothing when nothing was cached', 'my-model', { cached_prompt: 0 }, 0],
  ['nothing when the API tells of no cache', 'my-model', {}, 0],
  ['nothing when cached tokens cost as much as others', 'flat-model', { cached_prompt: 800 }, 0],
  ['nothing when there is no price', 'unheard-of-model', { cached_prompt: 800 }, 0],
])('caching saves %s', async (_name, model, details, usd) => {
  expect(await savedBy(model, details)).toBeCloseTo(usd, 12);
});

test('the calls of a batch save as much together as each of them', async () => {
  const reporter = new PrometheusMetricsReporter();
  const monitor = new AIPerformanceMonitor({ metricsReporter: reporter, priceBook: createPriceBook(prices) });
  const call = monitor.open({ model: 'my-model' });
  const parts = call.parts();
  for (const cached of [800, 0, 200]) parts.add({ usage: usage({ cached_prompt: cached }) });
  call.countsIn(parts);
  call.complete();
  expect(await reporter.getMetrics()).toMatch(/^ai_cache_saved_usd_total\{.*\} 0\.0075$/m);
});
