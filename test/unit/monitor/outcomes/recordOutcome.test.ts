import { USER_OUTCOMES } from '../../../../src/call/userOutcome.js';
import { DEFAULT_THRESHOLDS } from '../../../../src/config/defaults.js';
import { AIPerformanceMonitor } from '../../../../src/monitor/AIPerformanceMonitor.js';
import type { OutcomeOptions } from '../../../../src/monitor/outcomes/OutcomeJoin.js';
import { DEFAULT_BOUNDS } from '../../../../src/monitor/outcomes/WaitBands.js';
import { InMemoryMetricsReporter } from '../../../../src/reporters/InMemoryMetricsReporter.js';
import { PrometheusMetricsReporter } from '../../../../src/reporters/PrometheusMetricsReporter.js';
import { ManualClock } from '../../../helpers/ManualClock.js';
import { recordingLogger } from '../../../helpers/recordingLogger.js';
import { linesOf } from '../../../helpers/scrape.js';

function setUp(outcomes: OutcomeOptions = {}) {
  const reporter = new InMemoryMetricsReporter();
  const clock = new ManualClock();
  const logger = recordingLogger();
  const monitor = new AIPerformanceMonitor({ metricsReporter: reporter, clock, outcomes, logger });
  const counted = (name = 'ai_user_outcomes_total') =>
    reporter.calls.filter((call) => call.name === name && call.value > 0).map(({ tags }) => tags);
  const call = (model: string, durationMs: number, firstTokenMs?: number): string => {
    const open = firstTokenMs === undefined ? monitor.open({ model }) : monitor.openStream({ model });
    clock.advance(firstTokenMs ?? 0);
    if (firstTokenMs !== undefined) open.firstToken();
    clock.advance(durationMs - (firstTokenMs ?? 0));
    open.complete();
    return open.correlationId;
  };
  return { monitor, clock, logger, counted, call };
}

describe('an outcome is counted by how long the user had waited', () => {
  test.each([
    [9999, undefined, '<10s', 'none'],
    [10_000, 2999, '10s-30s', '<3s'],
    [29_999, 3000, '10s-30s', '3s-10s'],
    [30_000, 10_000, '>=30s', '>=10s'],
  ])('%p ms with a first token after %p ms: %s, %s', (duration, firstToken, latency_band, ttft_band) => {
    const { monitor, counted, call } = setUp();
    const correlationId = call('gpt-4o', duration, firstToken);

    expect(monitor.recordOutcome({ correlationId, outcome: 'accepted' })).toBe('matched');

    expect(counted()).toEqual([{ provider: 'openai', model: 'gpt-4o', outcome: 'accepted', latency_band, ttft_band }]);
  });

  test('in bands of its own where a model has any, and in one where there is no bound', () => {
    const modelBounds = { o3: { latency: [60], firstToken: [] } };
    const { monitor, counted, call } = setUp({ modelBounds });

    monitor.recordOutcome({ correlationId: call('o3', 59_000, 5000), outcome: 'edited' });

    expect(counted()).toMatchObject([{ latency_band: '<60s', ttft_band: '>=0s' }]);
  });

  test('a stream that failed before its first token has none', () => {
    const { monitor, counted } = setUp();
    const open = monitor.openStream({ model: 'gpt-4o' });
    open.fail({ errorType: 'timeout' });

    monitor.recordOutcome({ correlationId: open.correlationId, outcome: 'abandoned' });

    expect(counted()).toMatchObject([{ outcome: 'abandoned', ttft_band: 'none' }]);
  });
});

test('the bands are those of the default thresholds', () => {
  const { latencyP95, firstTokenP95 } = DEFAULT_THRESHOLDS;
  expect(DEFAULT_BOUNDS).toEqual({
    latency: [latencyP95.warning, latencyP95.critical],
    firstToken: [firstTokenP95.warning, firstTokenP95.critical],
  });
});

test('an outcome that comes while the call is under way counts when it has ended', () => {
  const { monitor, clock, counted } = setUp();
  const open = monitor.openStream({ model: 'gpt-4o' });

  expect(monitor.recordOutcome({ correlationId: open.correlationId, outcome: 'abandoned' })).toBe('matched');
  expect(counted()).toEqual([]);
  clock.advance(31_000);
  open.abort();

  expect(counted()).toMatchObject([{ outcome: 'abandoned', latency_band: '>=30s' }]);
});

test('told twice of a call, an outcome counts once; another outcome counts, too', () => {
  const { monitor, counted, call } = setUp();
  const correlationId = call('gpt-4o', 100);

  for (const outcome of ['accepted', 'accepted', 'thumbs_up']) {
    expect(monitor.recordOutcome({ correlationId, outcome })).toBe('matched');
  }

  expect(counted().map(({ outcome }) => outcome)).toEqual(['accepted', 'thumbs_up']);
});

describe('what can not be joined is counted by why', () => {
  test('a call that was never seen', () => {
    const { monitor, counted } = setUp();
    expect(monitor.recordOutcome({ correlationId: 'req_x', outcome: 'accepted' })).toBe('unknown_call');
    expect(counted('ai_outcomes_unmatched_total')).toEqual([{ reason: 'unknown_call' }]);
  });

  test('a call of more than an hour ago', () => {
    const { monitor, clock, call } = setUp();
    const correlationId = call('gpt-4o', 100);
    clock.advance(3_600_000 - 100);
    expect(monitor.recordOutcome({ correlationId, outcome: 'accepted' })).toBe('matched');
    clock.advance(1);
    expect(monitor.recordOutcome({ correlationId, outcome: 'edited' })).toBe('unknown_call');
  });

  test('an outcome outside of the closed set, which is nowhere told on', () => {
    const { monitor, counted, call, logger } = setUp();
    const correlationId = call('gpt-4o', 100);
    expect(monitor.recordOutcome({ correlationId, outcome: 'sent to bob@example.org' })).toBe('unknown_outcome');
    expect(counted('ai_outcomes_unmatched_total')).toEqual([{ reason: 'unknown_outcome' }]);
    expect(logger.lines.at(-1)).toEqual(['AI performance: user outcome', { verdict: 'unknown_outcome' }]);
    expect(JSON.stringify(logger.lines)).not.toContain('bob');
  });

  test('a set of its own takes the place of the usual one', () => {
    const { monitor, call } = setUp({ names: ['bought'] });
    const correlationId = call('gpt-4o', 100);
    expect(monitor.recordOutcome({ correlationId, outcome: 'bought' })).toBe('matched');
    expect(monitor.recordOutcome({ correlationId, outcome: 'accepted' })).toBe('unknown_outcome');
  });
});

test('only so many calls are remembered, the last ones', () => {
  const { monitor, call } = setUp({ maxCalls: 10 });
  const ids = Array.from({ length: 1000 }, () => call('gpt-4o', 1));

  const verdicts = ids.map((correlationId) => monitor.recordOutcome({ correlationId, outcome: 'accepted' }));

  expect(verdicts.slice(-10)).toEqual(Array(10).fill('matched'));
  expect(verdicts.slice(0, -10)).toEqual(Array(990).fill('unknown_call'));
});

test('a call is remembered as well when others were asked for before it began', () => {
  const { monitor, counted, call } = setUp({ maxCalls: 3 });
  const accept = (correlationId: string) => monitor.recordOutcome({ correlationId, outcome: 'accepted' });
  const [first, second] = [call('gpt-4o', 1), call('gpt-4.1', 20_000)];
  expect(accept(first)).toBe('matched');
  const later = [call('o3', 1), call('o3', 1), call('gpt-4.1', 1)];

  expect([first, second].map(accept)).toEqual(['unknown_call', 'unknown_call']);
  expect(later.map(accept)).toEqual(['matched', 'matched', 'matched']);
  expect(counted()).toHaveLength(4);
});

test('a call that is under way for longer than others are remembered is no longer known', () => {
  const { monitor, call, counted } = setUp({ maxCalls: 2 });
  const open = monitor.open({ model: 'gpt-4o' });
  const others = [call('o3', 1), call('o3', 1)];
  open.complete();

  expect(monitor.recordOutcome({ correlationId: open.correlationId, outcome: 'edited' })).toBe('unknown_call');
  for (const correlationId of others) monitor.recordOutcome({ correlationId, outcome: 'edited' });
  expect(counted()).toMatchObject([{ model: 'o3' }, { model: 'o3' }]);
});

describe('where nobody is told of each event', () => {
  function silent(outcomes: OutcomeOptions = {}) {
    const reporter = new PrometheusMetricsReporter();
    const clock = new ManualClock();
    const monitor = new AIPerformanceMonitor({ metricsReporter: reporter, clock, outcomes });
    return { reporter, clock, monitor };
  }

  test('a call takes a place among the remembered ones once somebody asks for its id', () => {
    const { monitor } = silent({ maxCalls: 1 });
    const asked = monitor.open();
    const { correlationId } = asked;
    for (let others = 0; others < 10; others += 1) monitor.open().complete();
    asked.complete();

    expect(asked.correlationId).toBe(correlationId);
    expect(monitor.recordOutcome({ correlationId, outcome: 'accepted' })).toBe('matched');
  });

  test.each(['before its end', 'after its end'])(
    'a call whose id is asked for %s is joined by what it took',
    async (when) => {
      const { monitor, clock, reporter } = silent();
      const call = monitor.openStream({ model: 'o3' });
      if (when === 'before its end') expect(call.correlationId).toMatch(/^stream_/);
      clock.advance(4000);
      call.firstToken();
      clock.advance(8000);
      call.complete();
      clock.advance(60_000);

      expect(monitor.recordOutcome({ correlationId: call.correlationId, outcome: 'edited' })).toBe('matched');

      const lines = await linesOf(reporter, 'ai_user_outcomes_total');
      expect(lines.filter((line) => line.endsWith(' 1'))).toEqual([
        'ai_user_outcomes_total{provider="openai",model="o3",outcome="edited",latency_band="10s-30s",ttft_band="3s-10s"} 1',
      ]);
    },
  );

  test('a call whose id is asked for more than an hour after its start is not known', () => {
    const { monitor, clock } = silent();
    const call = monitor.open();
    call.complete();
    clock.advance(3_600_001);

    expect(monitor.recordOutcome({ correlationId: call.correlationId, outcome: 'edited' })).toBe('unknown_call');
  });
});

test('an outcome of a call of another process is joined to the events that it relays', () => {
  const worker = new InMemoryMetricsReporter();
  const call = new AIPerformanceMonitor({ metricsReporter: worker }).openStream({ model: 'gpt-4o' });
  const { monitor, counted } = setUp();
  call.firstToken();
  for (const event of worker.events) monitor.relay(...event);

  expect(monitor.recordOutcome({ correlationId: call.correlationId, outcome: 'accepted' })).toBe('matched');
  expect(counted()).toEqual([]);

  call.complete();
  for (const event of worker.ended) monitor.relay(...event);
  expect(counted()).toEqual([expect.objectContaining({ model: 'gpt-4o', outcome: 'accepted', ttft_band: '<3s' })]);
});

test('of two calls that share an id at the same time, an outcome is one of the later', () => {
  const { monitor, counted } = setUp();
  const correlationId = 'shared';
  const [earlier, later] = ['gpt-4o', 'gpt-4o-mini'].map((model) => monitor.open({ model, correlationId }));
  later?.complete();
  earlier?.complete();

  expect(monitor.recordOutcome({ correlationId, outcome: 'accepted' })).toBe('matched');
  expect(counted()).toEqual([expect.objectContaining({ model: 'gpt-4o-mini' })]);
});

test('without a bound calls are remembered up to one of our own', () => {
  const { monitor, call } = setUp({ maxCalls: Infinity });
  expect(monitor.recordOutcome({ correlationId: call('gpt-4o', 1), outcome: 'accepted' })).toBe('matched');
});

test.each([0, 0.5, -1])('with maxCalls %p no call is remembered', (maxCalls) => {
  const { monitor, call } = setUp({ maxCalls });
  expect(monitor.recordOutcome({ correlationId: call('gpt-4o', 1), outcome: 'accepted' })).toBe('unknown_call');
});

test('once there are outcomes, all of a combination begin at 0 when its first call ends', async () => {
  const reporter = new PrometheusMetricsReporter();
  const monitor = new AIPerformanceMonitor({ metricsReporter: reporter });
  const [first, second] = ['gpt-4o', 'gpt-4.1'].map((model) => () => {
    const open = monitor.open({ model });
    open.complete();
    return open.correlationId;
  });
  const correlationId = first!();
  expect(await linesOf(reporter, 'ai_user_outcomes_total')).toEqual([]);

  monitor.recordOutcome({ correlationId, outcome: 'accepted' });
  second!();

  const rest = (model: string) => `model="${model}",outcome="`;
  const lines = await linesOf(reporter, 'ai_user_outcomes_total');
  for (const model of ['gpt-4o', 'gpt-4.1']) {
    const values = lines.filter((line) => line.includes(rest(model))).map((line) => line.split(' ').at(-1));
    expect(values).toHaveLength(USER_OUTCOMES.length);
    expect(values.filter((value) => value === '1')).toHaveLength(model === 'gpt-4o' ? 1 : 0);
  }
});

test('a reporter that throws breaks nothing', () => {
  const metricsReporter = new InMemoryMetricsReporter();
  metricsReporter.trackCounter = () => {
    throw new Error('reporter');
  };
  const monitor = new AIPerformanceMonitor({ metricsReporter });

  expect(monitor.recordOutcome({ correlationId: 'x', outcome: 'accepted' })).toBe('unknown_call');
});

test('a hostile number of models does not grow the labels that are told apart without bound', () => {
  const { monitor, counted, call } = setUp();
  for (let i = 0; i < 10_000; i += 1) call(`model-${i}`, 1);

  const correlationId = call('one-more', 1);
  monitor.recordOutcome({ correlationId, outcome: 'accepted' });

  expect(counted()).toMatchObject([{ model: 'other' }]);
});
