import { METRICS } from '../../../src/metrics/catalogue.js';
import { PrometheusMetricsReporter } from '../../../src/reporters/PrometheusMetricsReporter.js';

const { processMemory, processCpu, eventLoopLag, processStart } = METRICS;
const OF_PROCESS = [processMemory, processCpu, eventLoopLag].map(({ name }) => name);

/** The samples of one metric, by the value of its label. */
async function samples(reporter: PrometheusMetricsReporter, name: string): Promise<Record<string, number>> {
  const lines = (await reporter.getMetrics()).matchAll(new RegExp(`^${name}\\{\\w+="([^"]*)"\\} (\\S+)$`, 'gm'));
  return Object.fromEntries([...lines].map(([, label = '', value]) => [label, Number(value)] as const));
}

test('a process of our own tells its memory, as it is when it is asked', async () => {
  const reporter = new PrometheusMetricsReporter({ process: true });
  const { resident = 0, heap = 0 } = await samples(reporter, processMemory.name);
  expect(heap).toBeGreaterThan(1_000_000);
  expect(resident).toBeGreaterThan(heap / 2);
  const kept = Array.from({ length: 200_000 }, (_, index) => ({ index }));
  const { heap: later = 0 } = await samples(reporter, processMemory.name);
  expect(later).not.toBe(heap);
  expect(kept).toHaveLength(200_000);
});

test('its memory is told as it last was while no descriptor is left to read it with, and the scrape goes on', async () => {
  const reporter = new PrometheusMetricsReporter({ process: true });
  const { resident: before } = await samples(reporter, processMemory.name);
  const { rss } = process.memoryUsage;
  process.memoryUsage.rss = () => {
    throw new Error('EMFILE: too many open files, uv_resident_set_memory');
  };
  try {
    expect(await samples(reporter, processMemory.name)).toMatchObject({ resident: before });
  } finally {
    process.memoryUsage.rss = rss;
  }
});

test('its processor time only grows', async () => {
  const reporter = new PrometheusMetricsReporter({ process: true });
  const { user: before = Infinity } = await samples(reporter, processCpu.name);
  let sum = 0;
  for (let i = 0; i < 5_000_000; i += 1) sum += Math.sqrt(i);
  expect(sum).toBeGreaterThan(0);
  const { user: after = 0 } = await samples(reporter, processCpu.name);
  expect(after).toBeGreaterThan(before);
});

test('an event loop that is blocked is seen to be late', async () => {
  const reporter = new PrometheusMetricsReporter({ process: true });
  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  await pause(50);
  const blockedUntil = performance.now() + 300;
  while (performance.now() < blockedUntil);
  await pause(50);
  const { 1: worst = 0 } = await samples(reporter, eventLoopLag.name);
  expect(worst).toBeGreaterThan(0.2);
});

test('an application that asks its own registry gets the same', async () => {
  const { registry } = new PrometheusMetricsReporter({ process: true });
  const [{ values } = { values: [] }] = (await registry.getMetricsAsJSON()).filter(
    ({ name }) => name === processMemory.name,
  );
  expect(values.map(({ value }) => value > 0)).toEqual([true, true]);
});

test("an application's process is the application's to measure", async () => {
  const text = await new PrometheusMetricsReporter({ version: '1.2.3' }).getMetrics();
  for (const name of OF_PROCESS) expect(text).not.toMatch(new RegExp(`^${name}\\{`, 'm'));
});

test('when it was started is told with the version', async () => {
  const { '1.2.3': started = 0 } = await samples(
    new PrometheusMetricsReporter({ version: '1.2.3' }),
    processStart.name,
  );
  expect(started * 1000).toBeLessThanOrEqual(Date.now());
  expect(started * 1000).toBeGreaterThan(Date.now() - 86_400_000);
});
