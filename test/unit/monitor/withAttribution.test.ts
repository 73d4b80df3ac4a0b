import { setTimeout as sleep } from 'node:timers/promises';
import { AIPerformanceMonitor } from '../../../src/monitor/AIPerformanceMonitor.js';
import { withAttribution } from '../../../src/monitor/withAttribution.js';
import { InMemoryMetricsReporter } from '../../../src/reporters/InMemoryMetricsReporter.js';

function setUp() {
  const reporter = new InMemoryMetricsReporter();
  const monitor = new AIPerformanceMonitor({ metricsReporter: reporter });
  return { monitor, attributions: () => reporter.ended.map(([, { attribution }]) => attribution) };
}

const SHOP = { app: 'shop', feature: 'search' };

test.each(['open', 'openStream'] as const)('a call of %s is counted for whom its code runs', (method) => {
  const { monitor, attributions } = setUp();

  withAttribution(SHOP, () => monitor[method]().complete());
  monitor[method]().complete();

  expect(attributions()).toEqual([SHOP, {}]);
});

test('so is one that begins after a wait, while others run for somebody else', async () => {
  const { monitor, attributions } = setUp();
  const later = async (ms: number): Promise<void> => {
    await sleep(ms);
    await monitor.trackRequest(() => Promise.resolve('done'));
  };

  await Promise.all([
    withAttribution({ app: 'slow' }, () => later(30)),
    withAttribution({ app: 'fast' }, () => later(1)),
  ]);

  expect(attributions()).toEqual([{ app: 'fast' }, { app: 'slow' }]);
});

test('what a call itself is given goes before, label by label', () => {
  const { monitor, attributions } = setUp();

  withAttribution(SHOP, () => monitor.open({ attribution: { feature: 'chat' } }).complete());

  expect(attributions()).toEqual([{ app: 'shop', feature: 'chat' }]);
});

test('within another, labels are added, the inner values count, and the outer ones are back afterwards', () => {
  const { monitor, attributions } = setUp();

  withAttribution(SHOP, () => {
    withAttribution({ feature: 'chat', team: 'a' }, () => monitor.open().complete());
    monitor.open().complete();
  });

  expect(attributions()).toEqual([{ app: 'shop', feature: 'chat', team: 'a' }, SHOP]);
});

test('it returns what the function returns and throws what it throws', () => {
  const error = new Error('mine');

  expect(withAttribution(SHOP, () => 42)).toBe(42);
  expect(() => withAttribution(SHOP, () => { throw error; })).toThrow(error); // prettier-ignore
});
