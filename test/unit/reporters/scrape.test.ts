import { Counter, Gauge, Histogram, Registry, Summary } from 'prom-client';
import { AIPerformanceMonitor } from '../../../src/monitor/AIPerformanceMonitor.js';
import { PrometheusMetricsReporter } from '../../../src/reporters/PrometheusMetricsReporter.js';
import { valueOf } from '../../helpers/scrape.js';

/** A registry with metrics of the application's own, of every type. */
function applicationRegistry(): Registry {
  const registry = new Registry();
  const registers = [registry];
  new Counter({ name: 'app_orders_total', help: 'Orders\nby "shop" \\.', labelNames: ['shop'], registers }).inc({
    shop: 'a "b" \\ \n c',
  });
  new Gauge({ name: 'app_temperature', help: 'Temperature.', registers }).set(-1.5e-7);
  new Histogram({ name: 'app_size', help: 'Sizes.', buckets: [0.5, 10], labelNames: ['kind'], registers }).observe(
    { kind: 'x' },
    3,
  );
  new Summary({ name: 'app_wait', help: 'Waits.', percentiles: [0.5], registers }).observe(2);
  return registry;
}

function reporterWithCalls(registry?: Registry): PrometheusMetricsReporter {
  const reporter = new PrometheusMetricsReporter({ registry, version: '1.2.3' });
  const monitor = new AIPerformanceMonitor({ metricsReporter: reporter, priceBook: { cost: () => 0.1 } });
  const usage = { promptTokens: 3, completionTokens: 4, totalTokens: 7, details: {} };
  for (const app of ['shop', 'ünï "quoted" \\']) {
    monitor.open({ model: 'gpt-4o', operation: 'chat', attribution: { app } }).complete({ usage });
    monitor.openStream({ model: 'o3', operation: 'responses', attribution: { app } }).fail({ errorType: 'timeout' });
  }
  reporter.trackTiming('jobs_ms', 3, { queue: 'a' });
  return reporter;
}

/** Lines without regard to the order of labels, which means nothing. */
const sorted = (text: string): string[] =>
  text.split('\n').map((line) =>
    line.replace(
      /\{(.*)\}/,
      (_all, labels: string) =>
        `{${labels
          .split(/,(?=\w+=")/)
          .sort()
          .join(',')}}`,
    ),
  );

describe("what is written by us is what prom-client's registry writes", () => {
  test('of our own metrics, to the byte', async () => {
    const reporter = reporterWithCalls();

    expect(await reporter.getMetrics()).toBe(await reporter.registry.metrics());
  });

  test("of an application's metrics in the same registry", async () => {
    const reporter = reporterWithCalls(applicationRegistry());

    expect(sorted(await reporter.getMetrics())).toEqual(sorted(await reporter.registry.metrics()));
  });

  test('with default labels, which give way to the labels of a metric', async () => {
    const registry = applicationRegistry();
    registry.setDefaultLabels({ zone: 'a "1", b="2"', app: 'everything', kind: 'k', replica: 3 });
    const reporter = reporterWithCalls(registry);

    expect(sorted(await reporter.getMetrics())).toEqual(sorted(await registry.metrics()));
  });

  test('when the registry was emptied', async () => {
    const reporter = reporterWithCalls();
    reporter.registry.clear();
    reporter.registry.setDefaultLabels({ zone: 'a' });

    expect((await reporter.getMetrics()).trim()).toBe('');
  });
});

/** Enough series that a scrape takes many turns. */
function reporterWithManySeries() {
  const reporter = new PrometheusMetricsReporter();
  const monitor = new AIPerformanceMonitor({ metricsReporter: reporter });
  for (let model = 0; model < 90; model += 1) {
    monitor.open({ model: `model-${model}`, operation: 'chat' }).complete();
  }
  return { reporter, monitor };
}

test('other work gets its turn while thousands of series are written', async () => {
  const { reporter } = reporterWithManySeries();
  let turns = 0;
  let done = false;
  const turn = (): void => {
    turns += 1;
    if (!done) setImmediate(turn);
  };
  setImmediate(turn);

  const lines = (await reporter.getMetrics()).split('\n').length;
  done = true;

  expect(lines).toBeGreaterThan(5000);
  expect(turns).toBeGreaterThan(lines / 1000);
});

test('a scrape shows one moment: no call is in one metric and not yet in another', async () => {
  const { reporter, monitor } = reporterWithManySeries();
  let done = false;
  const callOn = (): void => {
    // The first family and the last model, so that the ones written early and late both change.
    monitor.open({ model: 'model-0', operation: 'chat' }).fail({ errorType: 'timeout' });
    monitor.open({ model: 'model-89', operation: 'chat' }).fail({ errorType: 'timeout' });
    if (!done) setImmediate(callOn);
  };
  callOn();
  const text = await reporter.getMetrics();
  done = true;
  const valueIn = (line: string): number => Number(new RegExp(`^${line} (\\d+)$`, 'm').exec(text)?.[1]);

  for (const model of ['model-0', 'model-89']) {
    const own = `provider="openai",model="${model}"`;
    const requests = valueIn(`ai_requests_total\\{${own},status="error",operation="chat",app="",feature=""\\}`);
    expect(valueIn(`ai_request_duration_ms_count\\{${own},status="error",operation="chat"\\}`)).toBe(requests);
    expect(valueIn(`ai_errors_total\\{${own},error_type="timeout",operation="chat"\\}`)).toBe(requests);
  }
  expect(await valueOf(reporter, 'ai_errors_total', { model: 'model-0', error_type: 'timeout' })).toBeGreaterThan(1);
});

test('a hundred scrapes at once take two rounds of work, and none of them misses a call made before it', async () => {
  const reporter = new PrometheusMetricsReporter();
  let rounds = 0;
  const collect = (): void => void (rounds += 1);
  new Gauge({ name: 'rounds', help: 'Rounds.', registers: [reporter.registry], collect });
  const early = reporter.getMetrics();
  reporter.trackCounter('jobs_total', 1);

  const late = await Promise.all(Array.from({ length: 100 }, () => reporter.getMetrics()));
  await early;

  expect(rounds).toBe(2);
  expect(new Set(late.map((text) => /^jobs_total 1$/m.test(text)))).toEqual(new Set([true]));
});

test('a scrape that fails does not fail the ones that wait for the next round', async () => {
  const reporter = new PrometheusMetricsReporter();
  let rounds = 0;
  const collect = (): void => {
    rounds += 1;
    if (rounds === 1) throw new Error('once');
  };
  new Gauge({ name: 'rounds', help: 'Rounds.', registers: [reporter.registry], collect });

  const [first, second] = await Promise.allSettled([reporter.getMetrics(), reporter.getMetrics()]);

  expect([first.status, second.status]).toEqual(['rejected', 'fulfilled']);
  expect(await reporter.getMetrics()).toContain('# TYPE rounds gauge');
});
