import { AIPerformanceMonitor } from '../../src/monitor/AIPerformanceMonitor.js';
import type { MetricsReporter } from '../../src/monitor/MetricsReporter.js';
import { createPriceBook } from '../../src/pricing/createPriceBook.js';
import { ManualClock } from './ManualClock.js';

/** A model name that would do harm wherever it's taken for markup, a query or a pattern. */
export const HOSTILE_MODEL = `<img src=x onerror="alert(1)">'}[\\`;

const MODELS = ['gpt-4o', 'gpt-4o-mini', HOSTILE_MODEL];

/** Reports calls of every kind, ten times a second, until it's told to stop. */
export function reportCalls(metricsReporter: MetricsReporter): () => void {
  const clock = new ManualClock();
  const monitor = new AIPerformanceMonitor({ metricsReporter, clock, priceBook: createPriceBook() });
  const usage = { promptTokens: 900, completionTokens: 120, totalTokens: 1020, details: {} };
  let round = 0;
  const report = (): void => {
    round += 1;
    for (const [index, model] of MODELS.entries()) {
      const context = { model, attribution: { app: 'shop', feature: 'search' } };
      const call = monitor.open(context);
      clock.advance(300 * (index + 1) + (round % 7) * 150);
      if (round % 5 === 0) call.fail({ errorType: 'rate_limit', httpStatus: 429 });
      else call.complete({ usage, responseModel: model, finishReasons: ['stop'] });
      const stream = monitor.openStream(context);
      clock.advance(120 + (round % 5) * 40);
      stream.firstToken();
      clock.advance(900);
      stream.complete({ usage, responseModel: model, finishReasons: ['stop'] });
      // Begun and not ended, so that there is something in flight.
      if (round === 1) monitor.open(context);
    }
  };
  const timer = setInterval(report, 100);
  report();
  return () => {
    clearInterval(timer);
  };
}
