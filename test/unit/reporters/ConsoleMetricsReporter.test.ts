import { jest } from '@jest/globals';
import { AIPerformanceMonitor } from '../../../src/monitor/AIPerformanceMonitor.js';
import { ConsoleMetricsReporter } from '../../../src/reporters/ConsoleMetricsReporter.js';
import { LogKeeper } from '../../helpers/LogKeeper.js';

test('writes one line at level info for everything that it is told', () => {
  const logger = new LogKeeper();
  const reporter = new ConsoleMetricsReporter({ logger });

  reporter.trackCounter('jobs');
  reporter.trackCounter('jobs', 2, { kind: 'mail' });
  reporter.trackTiming('job', 12.5, { kind: 'mail' });
  reporter.trackGauge('queue', 3);

  expect(logger.lines).toEqual([
    { level: 'info', message: '[Metrics Counter] jobs: 1', fields: {} },
    { level: 'info', message: '[Metrics Counter] jobs: 2', fields: { kind: 'mail' } },
    { level: 'info', message: '[Metrics Timing] job: 12.5ms', fields: { kind: 'mail' } },
    { level: 'info', message: '[Metrics Gauge] queue: 3', fields: {} },
  ]);
});

test('writes events with what they carry', () => {
  const logger = new LogKeeper();

  new AIPerformanceMonitor({ metricsReporter: new ConsoleMetricsReporter({ logger }) }).open({ model: 'm' }).complete();

  expect(logger.lines).toMatchObject([
    { level: 'info', message: '[Metrics Event] ai_request_start', fields: { model: 'm' } },
    { level: 'info', message: '[Metrics Event] ai_request_complete', fields: { model: 'm', totalTokens: null } },
  ]);
});

test('takes the console as its logger', () => {
  const info = jest.spyOn(console, 'info').mockImplementation(() => undefined);

  new ConsoleMetricsReporter({ logger: console }).trackGauge('queue', 3);

  expect(info).toHaveBeenCalledWith('[Metrics Gauge] queue: 3', {});
  info.mockRestore();
});
