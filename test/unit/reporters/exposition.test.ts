import { METRICS } from '../../../src/metrics/catalogue.js';
import type { MetricSpec } from '../../../src/metrics/spec.js';
import { AIPerformanceMonitor } from '../../../src/monitor/AIPerformanceMonitor.js';
import { PrometheusMetricsReporter } from '../../../src/reporters/PrometheusMetricsReporter.js';
import { golden } from '../../helpers/golden.js';
import { ManualClock } from '../../helpers/ManualClock.js';

/** One of everything: a priced call, a retried one, a stream, one cut, one given up, one without a price. */
function scriptedRun(): PrometheusMetricsReporter {
  const clock = new ManualClock();
  const metricsReporter = new PrometheusMetricsReporter({
    budgets: [{ name: 'team', usd: 500, period: 'monthly' }],
    slos: [{ name: 'availability', objective: 0.999 }],
  });
  const priceBook = { cost: ({ model }: { model: string }) => (model === 'gpt-4o' ? 0.25 : undefined) };
  const monitor = new AIPerformanceMonitor({ metricsReporter, priceBook, clock });
  const context = { model: 'gpt-4o', operation: 'chat', attribution: { app: 'shop', feature: 'search' } } as const;
  const usage = {
    promptTokens: 100,
    completionTokens: 11,
    totalTokens: 111,
    details: { cached_prompt: 60, reasoning: 4 },
  };

  const whole = monitor.open(context);
  whole.attempt({ httpStatus: 429, rateLimits: { requests: { limit: 500, remaining: 0, resetSeconds: 1.5 } } });
  clock.advance(1000);
  whole.attempt({
    httpStatus: 200,
    retryReason: 'rate_limit',
    lostMs: 1000,
    rateLimits: { requests: { remaining: 499 } },
  });
  clock.advance(500);
  whole.complete({ usage, finishReasons: ['stop'] });

  const stream = monitor.openStream(context);
  clock.advance(150);
  stream.firstToken();
  clock.advance(200);
  stream.complete({ usage: { ...usage, estimated: true }, finishReasons: ['length'] });

  const cut = monitor.openStream(context);
  clock.advance(60);
  cut.firstToken();
  cut.fail({ errorType: 'stream_interrupted' });

  monitor.openStream(context).abort();
  const unreachable = monitor.open(context);
  unreachable.attempt({});
  unreachable.fail({ errorType: 'connection' });
  monitor.open({ model: 'local "llama"\\', operation: 'embeddings' }).complete({ usage });
  monitor.open(context);
  return metricsReporter;
}

test('a scripted run is exported to the letter', async () => {
  const text = await scriptedRun().getMetrics();

  expect(text).toBe(golden('exposition/scriptedRun.txt', text));
});

test('two scrapes without a call between them are the same', async () => {
  const reporter = scriptedRun();

  expect(await reporter.getMetrics()).toBe(await reporter.getMetrics());
});

test('text and JSON of the registry tell the same', async () => {
  const reporter = scriptedRun();
  const text = await reporter.getMetrics();
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const json = await reporter.registry.getMetricsAsJSON();

  expect(json.flatMap(({ values }) => values).map(({ value }) => value)).toEqual(
    lines.map((line) => Number(line.slice(line.lastIndexOf(' ')))),
  );
});

const rows: readonly MetricSpec[] = Object.values(METRICS);

test.each(rows.map((spec) => [spec.name, spec] as const))('%s is registered with type and help', async (name, spec) => {
  const text = await new PrometheusMetricsReporter().getMetrics();

  expect(text).toContain(`# HELP ${name} ${spec.help}\n# TYPE ${name} ${spec.type}\n`);
});

test('each row has every label of the catalogue, and the attribution where the catalogue says so', async () => {
  const reporter = scriptedRun();

  for (const { name, values } of await reporter.registry.getMetricsAsJSON()) {
    const spec = rows.find((row) => row.name === name)!;
    const expected = [...spec.labels, ...(spec.attribution ? ['app', 'feature'] : [])].sort();
    for (const { labels } of values) {
      expect(
        Object.keys(labels)
          .filter((label) => label !== 'le')
          .sort(),
      ).toEqual(expected);
    }
  }
});
