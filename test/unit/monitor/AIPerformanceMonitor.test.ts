import type { CallContext } from '../../../src/call/call.js';
import { AIPerformanceMonitor } from '../../../src/monitor/AIPerformanceMonitor.js';
import { InMemoryMetricsReporter } from '../../../src/reporters/InMemoryMetricsReporter.js';
import { LogKeeper } from '../../helpers/LogKeeper.js';
import { ManualClock } from '../../helpers/ManualClock.js';

const ANSWER = {
  model: 'gpt-4o-2024-08-06',
  service_tier: 'flex',
  usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 },
  choices: [{ finish_reason: 'stop' }],
};

function setUp() {
  const clock = new ManualClock();
  const reporter = new InMemoryMetricsReporter();
  return { clock, reporter, monitor: new AIPerformanceMonitor({ metricsReporter: reporter, clock }) };
}

describe('trackRequest', () => {
  test('reports one start and one end with what the answer told', async () => {
    const { clock, reporter, monitor } = setUp();
    const context: CallContext = {
      model: 'gpt-4o',
      operation: 'chat',
      provider: 'azure',
      messageCount: 3,
      attribution: { app: 'shop' },
    };

    await monitor.trackRequest(() => {
      clock.advance(250);
      return Promise.resolve(ANSWER);
    }, context);

    const [start] = reporter.metricsOf('ai_request_start');
    const [end] = reporter.metricsOf('ai_request_complete');
    expect(reporter.names).toEqual(['ai_request_start', 'ai_request_complete']);
    expect(start).toEqual({ ...context, correlationId: end?.correlationId, timestamp: clock.wall - 250 });
    expect(end).toMatchObject({
      ...context,
      duration: 250,
      promptTokens: 10,
      completionTokens: 5,
      totalTokens: 15,
      usageMissing: null,
      responseModel: 'gpt-4o-2024-08-06',
      serviceTier: 'flex',
      finishReasons: ['stop'],
      startedAsModel: 'gpt-4o',
      timestamp: clock.wall,
    });
  });

  test('returns the very value that the operation returned', async () => {
    const { monitor } = setUp();

    expect(await monitor.trackRequest(() => Promise.resolve(ANSWER))).toBe(ANSWER);
  });

  test.each([
    ['rejects', () => Promise.reject(new RangeError('theirs'))],
    [
      'throws before it returns a promise',
      () => {
        throw new RangeError('theirs');
      },
    ],
  ])('throws the very error of an operation that %s, after one end', async (_name, operation) => {
    const { reporter, monitor } = setUp();

    await expect(monitor.trackRequest(operation)).rejects.toThrow(new RangeError('theirs'));
    expect(reporter.names).toEqual(['ai_request_start', 'ai_request_error']);
    expect(reporter.metricsOf('ai_request_error')[0]).toMatchObject({ errorType: 'unknown', errorName: 'RangeError' });
  });

  test('throws the same object, not one like it', async () => {
    const { monitor } = setUp();
    const theirs = { odd: 'but thrown' };
    let caught: unknown;

    await monitor
      .trackRequest(() => Promise.reject(theirs as unknown as Error))
      .catch((error: unknown) => {
        caught = error;
      });

    expect(caught).toBe(theirs);
  });

  test('ends a call that the caller gave up as aborted, not as failed', async () => {
    const { reporter, monitor } = setUp();
    const aborted = new DOMException('', 'AbortError');

    await expect(monitor.trackRequest(() => Promise.reject(aborted), { operation: 'chat' })).rejects.toBe(aborted);
    expect(reporter.names).toEqual(['ai_request_start', 'ai_request_aborted']);
    expect(reporter.metricsOf('ai_request_aborted')[0]?.usageMissing).toBe('aborted');
  });

  test('takes an answer whose fields throw for one that tells nothing', async () => {
    const { reporter, monitor } = setUp();
    const answer = {
      get usage(): never {
        throw new Error('theirs');
      },
    };

    expect(await monitor.trackRequest(() => Promise.resolve(answer), { operation: 'chat' })).toBe(answer);
    expect(reporter.metricsOf('ai_request_complete')[0]).toMatchObject({ totalTokens: null, usageMissing: 'not_sent' });
  });

  test('keeps nothing of the error message, which can hold keys and prompts', async () => {
    const { reporter, monitor } = setUp();
    const error = Object.assign(new Error('sk-secret'), { status: 401 });

    await expect(monitor.trackRequest(() => Promise.reject(error))).rejects.toBe(error);
    expect(JSON.stringify(reporter.events)).not.toContain('sk-secret');
    expect(reporter.metricsOf('ai_request_error')[0]?.errorMessage).toBe('HTTP 401: authentication');
  });
});

describe('trackStreamingRequest', () => {
  test('reports start, first token once and end', async () => {
    const { clock, reporter, monitor } = setUp();

    const returned = await monitor.trackStreamingRequest(
      (onFirstToken) => {
        clock.advance(100);
        onFirstToken();
        clock.advance(400);
        onFirstToken();
        return Promise.resolve(ANSWER);
      },
      { model: 'gpt-4o', operation: 'chat' },
    );

    expect(returned).toBe(ANSWER);
    expect(reporter.names).toEqual(['ai_stream_start', 'ai_stream_first_token', 'ai_stream_complete']);
    expect(reporter.metricsOf('ai_stream_first_token')[0]?.timeToFirstToken).toBe(100);
    expect(reporter.metricsOf('ai_stream_complete')[0]).toMatchObject({
      duration: 500,
      timeToFirstToken: 100,
      timePerOutputToken: 100,
      totalTokens: 15,
    });
  });

  test('tells a first token at 0 ms from none at all', async () => {
    const { reporter, monitor } = setUp();

    await monitor.trackStreamingRequest((onFirstToken) => Promise.resolve().then(onFirstToken));
    await monitor.trackStreamingRequest(() => Promise.resolve());

    expect(reporter.metricsOf('ai_stream_complete').map((end) => end.timeToFirstToken)).toEqual([0, null]);
  });

  test('a first token after the end is not reported', async () => {
    const { reporter, monitor } = setUp();
    let late = (): void => undefined;

    await monitor.trackStreamingRequest((onFirstToken) => {
      late = onFirstToken;
      return Promise.resolve();
    });
    late();

    expect(reporter.names).toEqual(['ai_stream_start', 'ai_stream_complete']);
  });

  test('an error in mid-stream ends it as failed, its usage unknown', async () => {
    const { reporter, monitor } = setUp();
    const error = new Error('cut');

    const tracked = monitor.trackStreamingRequest(
      (onFirstToken) => {
        onFirstToken();
        return Promise.reject(error);
      },
      { operation: 'chat' },
    );

    await expect(tracked).rejects.toBe(error);
    expect(reporter.names).toEqual(['ai_stream_start', 'ai_stream_first_token', 'ai_stream_error']);
    expect(reporter.metricsOf('ai_stream_error')[0]).toMatchObject({
      totalTokens: null,
      usageMissing: 'stream_interrupted',
    });
  });
});

describe('AIPerformanceMonitor', () => {
  test('keeps a thousand concurrent calls apart', async () => {
    const { reporter, monitor } = setUp();
    const calls = Array.from({ length: 1000 }, (_, at) =>
      monitor
        .trackRequest(
          async () => {
            await new Promise(setImmediate);
            if (at % 3 === 0) throw new Error('every third');
            return { usage: { prompt_tokens: at, completion_tokens: 0 } };
          },
          { model: `m${at}` },
        )
        .catch(() => undefined),
    );

    await Promise.all(calls);

    const ids = new Set(reporter.ended.map(([, { correlationId }]) => correlationId));
    expect([reporter.ended.length, ids.size, reporter.inFlight]).toEqual([1000, 1000, 0]);
    for (const { model, promptTokens } of reporter.metricsOf('ai_request_complete')) {
      expect(`m${String(promptTokens)}`).toBe(model);
    }
  });

  test('uses the correlation id that it is given in every event', async () => {
    const { reporter, monitor } = setUp();

    await monitor.trackStreamingRequest((onFirstToken) => Promise.resolve().then(onFirstToken), {
      correlationId: 'theirs',
    });

    expect(reporter.events.map(([, { correlationId }]) => correlationId)).toEqual(['theirs', 'theirs', 'theirs']);
  });

  test('without a reporter writes its events to the log at level info', () => {
    const logger = new LogKeeper();

    new AIPerformanceMonitor({ logger }).open({ model: 'm' }).complete();

    expect(logger.messages('info')).toEqual([
      'AI performance: ai_request_start',
      'AI performance: ai_request_complete',
    ]);
  });

  test('with a reporter writes them at level debug', () => {
    const logger = new LogKeeper();

    new AIPerformanceMonitor({ logger, metricsReporter: new InMemoryMetricsReporter() }).open().complete();

    expect([logger.messages('debug').length, logger.messages('info').length]).toEqual([2, 0]);
  });

  test.each([
    [
      'throws',
      () => {
        throw new Error('logger');
      },
    ],
    ['rejects', () => Promise.reject(new Error('logger'))],
  ])('a logger that %s breaks no call', async (_name, fail) => {
    const logger = { debug: fail, info: fail, warn: fail, error: fail };
    const monitor = new AIPerformanceMonitor({ logger });

    expect(await monitor.trackRequest(() => Promise.resolve(ANSWER))).toBe(ANSWER);
  });
});
