import { AIPerformanceMonitor } from '../../../src/monitor/AIPerformanceMonitor.js';
import type { MetricsReporter } from '../../../src/monitor/MetricsReporter.js';
import { FanOutReporter } from '../../../src/reporters/FanOutReporter.js';
import { InMemoryMetricsReporter } from '../../../src/reporters/InMemoryMetricsReporter.js';
import { LogKeeper } from '../../helpers/LogKeeper.js';
import { ManualClock } from '../../helpers/ManualClock.js';

/** A reporter all of whose methods do the same. */
const reporterThat = (report: () => unknown): MetricsReporter => ({
  trackEvent: report,
  trackCounter: report,
  trackTiming: report,
  trackGauge: report,
});

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const throwing = reporterThat(() => {
  throw new Error('reporter');
});
const rejecting = reporterThat(() => Promise.reject(new Error('reporter')));
const rejectingOddly = reporterThat(() => ({
  then: (_: unknown, reject: (error: unknown) => void) => reject('no error at all'),
}));

const failing: readonly [string, MetricsReporter, string][] = [
  ['throws', throwing, 'threw'],
  ['rejects', rejecting, 'rejected'],
  ['returns a promise of its own kind that rejects', rejectingOddly, 'rejected'],
];

describe('a reporter that fails', () => {
  const unhandled: unknown[] = [];
  const onUnhandled = (error: unknown): void => void unhandled.push(error);
  beforeAll(() => process.on('unhandledRejection', onUnhandled));
  afterAll(() => process.off('unhandledRejection', onUnhandled));

  test.each(failing)('because it %s breaks no call and rejects nowhere', async (_name, metricsReporter) => {
    const monitor = new AIPerformanceMonitor({ metricsReporter });
    const error = new Error('theirs');

    expect(await monitor.trackRequest(() => Promise.resolve('answer'))).toBe('answer');
    await expect(monitor.trackStreamingRequest(() => Promise.reject(error))).rejects.toBe(error);
    await turn();
    expect(unhandled).toEqual([]);
  });

  test.each(failing)(
    'because it %s is counted by the others of a fan-out and logged once',
    async (_name, member, reason) => {
      const working = new InMemoryMetricsReporter();
      const logger = new LogKeeper();
      const monitor = new AIPerformanceMonitor({ metricsReporter: new FanOutReporter([member, working]), logger });

      await monitor.trackRequest(() => Promise.resolve('answer'));
      await turn();

      const count = { type: 'counter', name: 'promptmeter_reporter_errors_total', value: 1, tags: { reason } };
      expect(working.names).toEqual(['ai_request_start', 'ai_request_complete']);
      expect(working.calls).toEqual([count, count]);
      expect(logger.lines.filter(({ level }) => level === 'error')).toMatchObject([{ fields: { reason } }]);
    },
  );

  test('because it is slow is counted as such', () => {
    const clock = new ManualClock();
    const working = new InMemoryMetricsReporter();
    const slow = { ...reporterThat(() => undefined), trackEvent: () => clock.advance(201) };
    const monitor = new AIPerformanceMonitor({ metricsReporter: new FanOutReporter([slow, working]), clock });

    monitor.open().complete();

    expect(working.calls.map(({ tags }) => tags['reason'])).toEqual(['slow', 'slow']);
  });

  test('and a logger that fails with it break no call together', async () => {
    const fail = (): never => {
      throw new Error('logger');
    };
    const logger = { debug: fail, info: fail, warn: fail, error: fail };
    const monitor = new AIPerformanceMonitor({ metricsReporter: throwing, logger });

    expect(await monitor.trackRequest(() => Promise.resolve('answer'))).toBe('answer');
  });
});
