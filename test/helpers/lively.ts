import { METRICS } from '../../src/metrics/catalogue.js';
import { AIPerformanceMonitor } from '../../src/monitor/AIPerformanceMonitor.js';
import type { MetricsReporter } from '../../src/monitor/MetricsReporter.js';
import type { OpenCall } from '../../src/monitor/OpenCall.js';
import { createPriceBook } from '../../src/pricing/createPriceBook.js';
import { ManualClock } from './ManualClock.js';

/** A model name that would do harm wherever it's taken for markup, a query or a pattern. */
export const HOSTILE_MODEL = `<img src=x onerror="alert(1)">'}[\\`;

const MODELS = ['gpt-4o', 'gpt-4o-mini', HOSTILE_MODEL];

const OUTCOMES = ['accepted', 'accepted', 'edited', 'retried', 'abandoned', 'thumbs_up', 'thumbs_down', 'guessed'];

/** Reports calls of every kind, ten times a second, until it's told to stop. */
export function reportCalls(metricsReporter: MetricsReporter): () => void {
  const clock = new ManualClock();
  const monitor = new AIPerformanceMonitor({ metricsReporter, clock, priceBook: createPriceBook() });
  const usage = {
    promptTokens: 900,
    completionTokens: 120,
    totalTokens: 1020,
    details: { cached_prompt: 400, reasoning: 60 },
  };
  let round = 0;
  const report = (): void => {
    round += 1;
    clock.wall = Date.now();
    const traceId = round.toString(16).padStart(32, '0');
    metricsReporter.trackTiming(METRICS.gatewayOverhead.name, 0.2);
    for (const [index, model] of MODELS.entries()) {
      const context = { model, attribution: { app: 'shop', feature: 'search' } };
      const call = monitor.open(context);
      reportAttempts(call, round);
      clock.advance(300 * (index + 1) + (round % 7) * 150);
      if (round % 5 === 0) call.fail({ errorType: 'rate_limit', httpStatus: 429 });
      else call.complete({ usage, responseModel: model, finishReasons: ['stop'] });
      const stream = monitor.openStream({ ...context, traceId });
      clock.advance(120 + (round % 5) * 40);
      stream.firstToken();
      clock.advance(900);
      if (round % 6 === 0) stream.abort();
      else if (round % 7 === 0) stream.fail({ errorType: 'stream_interrupted' });
      else if (round % 9 === 0) stream.complete({ responseModel: model, finishReasons: ['length'] });
      else stream.complete({ usage, responseModel: model, finishReasons: ['stop'] });
      const outcome = OUTCOMES[round % OUTCOMES.length]!;
      monitor.recordOutcome({ correlationId: stream.correlationId, outcome });
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

/** Two attempts in every third call; the limits are those that the API would announce. */
function reportAttempts(call: OpenCall, round: number): void {
  const left = 1 - (round % 60) / 100;
  const rateLimits = {
    requests: { limit: 500, remaining: Math.round(500 * left), resetSeconds: 12 },
    tokens: { limit: 200_000, remaining: Math.round(200_000 * left), resetSeconds: 30 },
  };
  if (round % 3 === 0) {
    call.attempt({ httpStatus: 429, rateLimits });
    call.attempt({ httpStatus: 200, rateLimits, retryReason: 'rate_limit', lostMs: 800 });
  } else {
    call.attempt({ httpStatus: 200, rateLimits });
  }
}
