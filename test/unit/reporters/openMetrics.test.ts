import { Counter, Gauge, Histogram, Registry, Summary } from 'prom-client';
import { AIPerformanceMonitor } from '../../../src/monitor/AIPerformanceMonitor.js';
import { PrometheusMetricsReporter } from '../../../src/reporters/PrometheusMetricsReporter.js';
import { golden } from '../../helpers/golden.js';
import { ManualClock } from '../../helpers/ManualClock.js';

const FIRST = 'a'.repeat(32);
const SECOND = 'b'.repeat(32);

const openMetricsOf = async (reporter: PrometheusMetricsReporter): Promise<string> =>
  Buffer.concat(await reporter.scrape('openmetrics')).toString();

/** A call of so many milliseconds, in the trace given. */
function call(monitor: AIPerformanceMonitor, clock: ManualClock, milliseconds: number, traceId?: string): void {
  const open = monitor.openStream({ model: 'gpt-4o', operation: 'chat', traceId });
  clock.advance(milliseconds);
  open.firstToken();
  open.complete({ usage: { promptTokens: 1, completionTokens: 2, totalTokens: 3, details: {} } });
}

function measured() {
  const clock = new ManualClock();
  const reporter = new PrometheusMetricsReporter({ registry: new Registry() });
  return { clock, reporter, monitor: new AIPerformanceMonitor({ metricsReporter: reporter, clock }) };
}

const exemplarsIn = (text: string): string[] => text.split('\n').filter((line) => line.includes(' # {'));

test('a run with traces is exported as OpenMetrics to the letter', async () => {
  const { clock, reporter, monitor } = measured();
  call(monitor, clock, 70, FIRST);
  call(monitor, clock, 1_000_000, SECOND);
  call(monitor, clock, 70);
  monitor.open({ model: 'local "llama"\\', operation: 'embeddings' }).complete();
  reporter.trackCounter('jobs', 1, { queue: 'a' });
  const registry = reporter.registry;
  new Counter({
    name: 'app_orders_total',
    help: 'Orders "by"\nshop.',
    labelNames: ['shop'],
    registers: [registry],
  }).inc({
    shop: 'x"y',
  });
  new Gauge({ name: 'app_temperature', help: 'Temperature.', registers: [registry] }).set(Infinity);
  new Histogram({ name: 'app_size', help: 'Sizes.', buckets: [0.5, 10], registers: [registry] }).observe(3);
  new Summary({ name: 'app_wait', help: 'Waits.', percentiles: [0.5], registers: [registry] }).observe(2);

  const text = await openMetricsOf(reporter);

  expect(text).toBe(golden('exposition/openMetrics.txt', text));
});

test('each bucket has the trace of its last call, of all calls that had one', async () => {
  const { clock, reporter, monitor } = measured();
  call(monitor, clock, 60, FIRST);
  call(monitor, clock, 70, SECOND);
  call(monitor, clock, 80);
  call(monitor, clock, 150, FIRST);

  const durations = exemplarsIn(await openMetricsOf(reporter)).filter((line) =>
    line.startsWith('ai_request_duration_ms_bucket'),
  );

  expect(durations.map((line) => line.slice(line.indexOf(' # ')))).toEqual([
    ` # {trace_id="${SECOND}"} 70 ${(clock.wall - 230) / 1000}`,
    ` # {trace_id="${FIRST}"} 150 ${clock.wall / 1000}`,
  ]);
});

test.each(['not a trace', '"} 1 # {x="', 'A'.repeat(32), '0'.repeat(32), 'a'.repeat(10_000)])(
  'a trace id that is none (%.20s) becomes no exemplar and spoils no line',
  async (traceId) => {
    const { clock, reporter, monitor } = measured();
    call(monitor, clock, 60, traceId);

    expect(exemplarsIn(await openMetricsOf(reporter))).toEqual([]);
  },
);

test("Prometheus' own text format has no exemplars, which it has no place for", async () => {
  const { clock, reporter, monitor } = measured();
  call(monitor, clock, 60, FIRST);

  expect(await reporter.getMetrics()).not.toContain(FIRST);
});

test('both formats tell the same values under the same names', async () => {
  const { clock, reporter, monitor } = measured();
  call(monitor, clock, 60, FIRST);
  reporter.trackCounter('jobs', 3);
  const linesOf = (text: string): string[] =>
    text
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => line.replace(/ # \{.*/, '').replace(/le="(\d+)\.0"/, 'le="$1"'));

  expect(linesOf(await openMetricsOf(reporter))).toEqual(linesOf(await reporter.getMetrics()));
});

test('a registry of the OpenMetrics type is read out as that', async () => {
  const registry = new Registry();
  (registry as unknown as Registry<typeof Registry.OPENMETRICS_CONTENT_TYPE>).setContentType(
    Registry.OPENMETRICS_CONTENT_TYPE,
  );
  const reporter = new PrometheusMetricsReporter({ registry });

  expect(reporter.contentType).toBe('application/openmetrics-text; version=1.0.0; charset=utf-8');
  expect(await reporter.getMetrics()).toMatch(/# EOF\n$/);
});
