import { MissingOptionError } from '../../../src/errors.js';
import { AIPerformanceMonitor } from '../../../src/monitor/AIPerformanceMonitor.js';
import { ConsoleMetricsReporter } from '../../../src/reporters/ConsoleMetricsReporter.js';
import { InMemoryMetricsReporter } from '../../../src/reporters/InMemoryMetricsReporter.js';
import { PrometheusMetricsReporter } from '../../../src/reporters/PrometheusMetricsReporter.js';
import { LogKeeper } from '../../helpers/LogKeeper.js';
import { ManualClock } from '../../helpers/ManualClock.js';
import { linesOf, valueOf } from '../../helpers/scrape.js';

const ANSWER = { usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 } };
const context = { model: 'm', operation: 'chat' } as const;

function setUp() {
  const clock = new ManualClock();
  const reporter = new PrometheusMetricsReporter();
  return { clock, reporter, monitor: new AIPerformanceMonitor({ metricsReporter: reporter, clock }) };
}

describe("faults of the specification's sample code that must not come back", () => {
  test('ai_stream_complete sent totalDuration where the reporter read duration, so the durations of streams vanished', async () => {
    const { clock, reporter, monitor } = setUp();

    await monitor.trackStreamingRequest(() => {
      clock.advance(700);
      return Promise.resolve();
    }, context);

    expect(await valueOf(reporter, 'ai_request_duration_ms_sum', { status: 'success_stream' })).toBe(700);
    expect(await valueOf(reporter, 'ai_request_duration_ms_count', { status: 'success_stream' })).toBe(1);
  });

  test('the time to the first token was observed twice, by its own event and by the one that ends the stream', async () => {
    const { clock, reporter, monitor } = setUp();

    await monitor.trackStreamingRequest((onFirstToken) => {
      clock.advance(120);
      onFirstToken();
      return Promise.resolve();
    }, context);

    expect(await valueOf(reporter, 'ai_time_to_first_token_ms_count')).toBe(1);
    expect(await valueOf(reporter, 'ai_time_to_first_token_ms_sum')).toBe(120);
  });

  test('if (duration) dropped durations of 0, and if (timeToFirstToken) first tokens at 0', async () => {
    const { reporter, monitor } = setUp();

    await monitor.trackRequest(() => Promise.resolve(ANSWER), context);
    await monitor.trackStreamingRequest((onFirstToken) => Promise.resolve().then(onFirstToken), context);

    expect(await valueOf(reporter, 'ai_request_duration_ms_bucket', { status: 'success', le: '50' })).toBe(1);
    expect(await valueOf(reporter, 'ai_request_duration_ms_bucket', { status: 'success_stream', le: '50' })).toBe(1);
    expect(await valueOf(reporter, 'ai_time_to_first_token_ms_bucket', { le: '50' })).toBe(1);
  });

  test('the tokens of streams were never counted', async () => {
    const { reporter, monitor } = setUp();

    await monitor.trackStreamingRequest(() => Promise.resolve(ANSWER), context);

    expect(await valueOf(reporter, 'ai_token_usage_total', { token_type: 'prompt' })).toBe(10);
    expect(await valueOf(reporter, 'ai_token_usage_total', { token_type: 'completion' })).toBe(5);
    expect(await valueOf(reporter, 'ai_token_usage_total', { token_type: 'total' })).toBe(15);
  });

  test('correlation ids came from Date.now(), so calls of one millisecond shared theirs', () => {
    const reporter = new InMemoryMetricsReporter();
    const monitor = new AIPerformanceMonitor({ metricsReporter: reporter, clock: new ManualClock() });

    for (let at = 0; at < 1000; at += 1) {
      monitor.open();
      monitor.openStream();
    }

    expect(new Set(reporter.events.map(([, { correlationId }]) => correlationId)).size).toBe(2000);
  });

  test('durations came from the wall clock, so that setting it back made them negative', async () => {
    const { clock, reporter, monitor } = setUp();

    await monitor.trackRequest(() => {
      clock.advance(300);
      clock.wall -= 3_600_000;
      return Promise.resolve(ANSWER);
    }, context);

    expect(await valueOf(reporter, 'ai_request_duration_ms_sum', { status: 'success' })).toBe(300);
  });

  test('the logger was optional in one place and used without asking in another', async () => {
    const { reporter, monitor } = setUp();

    expect(await monitor.trackRequest(() => Promise.resolve(ANSWER))).toBe(ANSWER);
    expect(() => reporter.trackEvent(...(['ai_unknown', {}] as never))).not.toThrow();
    expect(() => new ConsoleMetricsReporter({ logger: undefined })).toThrow(MissingOptionError);
  });

  test('a logger without child() was kept, one with it replaced', async () => {
    const child = new LogKeeper();
    const logger = Object.assign(new LogKeeper(), { child: () => child });

    await new AIPerformanceMonitor({ logger }).trackRequest(() => Promise.resolve(ANSWER));

    expect([logger.lines.length, child.lines.length]).toEqual([0, 2]);
  });

  test('what the operation of a stream returned was dropped', async () => {
    const { monitor } = setUp();

    expect(await monitor.trackStreamingRequest(() => Promise.resolve(ANSWER), context)).toBe(ANSWER);
  });

  test('a reporter that threw broke the call', async () => {
    const fail = (): never => {
      throw new Error('reporter');
    };
    const metricsReporter = { trackEvent: fail, trackCounter: fail, trackTiming: fail, trackGauge: fail };
    const monitor = new AIPerformanceMonitor({ metricsReporter });

    expect(await monitor.trackRequest(() => Promise.resolve(ANSWER))).toBe(ANSWER);
    expect(await monitor.trackStreamingRequest(() => Promise.resolve(ANSWER))).toBe(ANSWER);
  });

  test('getOrCreateCounter, getOrCreateHistogram and getOrCreateGauge were empty', async () => {
    const { reporter } = setUp();

    reporter.trackCounter('jobs_total', 2, { kind: 'mail' });
    reporter.trackTiming('job_ms', 30);
    reporter.trackGauge('queue_length', 4);

    expect(await linesOf(reporter, 'jobs_total')).toEqual(['jobs_total{kind="mail"} 2']);
    expect(await valueOf(reporter, 'job_ms_sum')).toBe(30);
    expect(await linesOf(reporter, 'queue_length')).toEqual(['queue_length 4']);
  });

  test('a monitor with neither reporter nor logger would report nowhere, so there is none', () => {
    expect(() => new AIPerformanceMonitor({})).toThrow(MissingOptionError);
    expect(() => new AIPerformanceMonitor({ metricsReporter: null })).toThrow('else it would report nowhere');
  });
});
