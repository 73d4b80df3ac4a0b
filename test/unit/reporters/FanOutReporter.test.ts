import { AIPerformanceMonitor } from '../../../src/monitor/AIPerformanceMonitor.js';
import type { MetricsReporter } from '../../../src/monitor/MetricsReporter.js';
import { FanOutReporter } from '../../../src/reporters/FanOutReporter.js';
import { InMemoryMetricsReporter } from '../../../src/reporters/InMemoryMetricsReporter.js';

const reporterThat = (report: () => unknown): MetricsReporter => ({
  trackEvent: report,
  trackCounter: report,
  trackTiming: report,
  trackGauge: report,
});
const throwing = (message: string): MetricsReporter =>
  reporterThat(() => {
    throw new Error(message);
  });
const rejecting = (message: string): MetricsReporter => reporterThat(() => Promise.reject(new Error(message)));

const reports: readonly [string, (to: MetricsReporter) => unknown][] = [
  ['trackCounter', (to) => to.trackCounter('c', 1, { a: 'b' })],
  ['trackTiming', (to) => to.trackTiming('t', 2, { a: 'b' })],
  ['trackGauge', (to) => to.trackGauge('g', 3, { a: 'b' })],
  [
    'trackEvent',
    (to) =>
      to.trackEvent('ai_attempt', {
        correlationId: 'c',
        provider: 'openai',
        model: 'm',
        operation: 'chat',
        attribution: {},
        timestamp: 0,
      }),
  ],
];

describe.each(reports)('FanOutReporter.%s', (_name, report) => {
  test('tells every member the same', () => {
    const [first, second] = [new InMemoryMetricsReporter(), new InMemoryMetricsReporter()];

    report(new FanOutReporter([first, second]));

    expect([...first.events, ...first.calls]).toHaveLength(1);
    expect([second.events, second.calls]).toEqual([first.events, first.calls]);
  });

  test('reaches the others when one throws, and throws its error afterwards', () => {
    const last = new InMemoryMetricsReporter();

    expect(() => report(new FanOutReporter([throwing('first'), last]))).toThrow(new Error('first'));
    expect([...last.events, ...last.calls]).toHaveLength(1);
  });

  test('throws the errors of several as one that holds them all', () => {
    const fanOut = new FanOutReporter([throwing('first'), throwing('second')]);

    let thrown: unknown;
    try {
      report(fanOut);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ errors: [new Error('first'), new Error('second')] });
  });

  test('reaches the others when one rejects, and rejects with its error', async () => {
    const last = new InMemoryMetricsReporter();

    await expect(report(new FanOutReporter([rejecting('first'), last]))).rejects.toThrow(new Error('first'));
    expect([...last.events, ...last.calls]).toHaveLength(1);
  });

  test('rejects with what was thrown and what was rejected together', async () => {
    const fanOut = new FanOutReporter([throwing('first'), rejecting('second')]);

    await expect(report(fanOut)).rejects.toMatchObject({ errors: [new Error('first'), new Error('second')] });
  });
});

test('a fan-out of none takes everything and does nothing', async () => {
  const monitor = new AIPerformanceMonitor({ metricsReporter: new FanOutReporter([]) });

  expect(await monitor.trackRequest(() => Promise.resolve('answer'))).toBe('answer');
});
