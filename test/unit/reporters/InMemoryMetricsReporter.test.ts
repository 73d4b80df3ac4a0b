import { AIPerformanceMonitor } from '../../../src/monitor/AIPerformanceMonitor.js';
import { InMemoryMetricsReporter } from '../../../src/reporters/InMemoryMetricsReporter.js';

describe('InMemoryMetricsReporter', () => {
  test('keeps every event in order, and tells which ended a call', async () => {
    const reporter = new InMemoryMetricsReporter();
    const monitor = new AIPerformanceMonitor({ metricsReporter: reporter });

    await monitor.trackRequest(() => Promise.resolve('answer'), { model: 'm' });
    const open = monitor.openStream({ model: 'n' });

    expect(reporter.names).toEqual(['ai_request_start', 'ai_request_complete', 'ai_stream_start']);
    expect(reporter.ended.map(([name, { model }]) => [name, model])).toEqual([['ai_request_complete', 'm']]);
    expect(reporter.inFlight).toBe(1);
    expect(reporter.metricsOf('ai_stream_start').map(({ correlationId }) => correlationId)).toEqual([
      open.correlationId,
    ]);
  });

  test('keeps generic calls with their defaults filled in', () => {
    const reporter = new InMemoryMetricsReporter();

    reporter.trackCounter('jobs');
    reporter.trackTiming('job_ms', 12, { kind: 'a' });
    reporter.trackGauge('queue', 3);

    expect(reporter.calls).toEqual([
      { type: 'counter', name: 'jobs', value: 1, tags: {} },
      { type: 'timing', name: 'job_ms', value: 12, tags: { kind: 'a' } },
      { type: 'gauge', name: 'queue', value: 3, tags: {} },
    ]);
  });

  test('reset() forgets events and generic calls', () => {
    const reporter = new InMemoryMetricsReporter();
    new AIPerformanceMonitor({ metricsReporter: reporter }).open().complete();
    reporter.trackCounter('jobs');

    reporter.reset();

    expect([reporter.events, reporter.calls, reporter.inFlight]).toEqual([[], [], 0]);
  });
});
