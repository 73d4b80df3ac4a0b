import type { Operation } from '../../../src/call/operation.js';
import type { TokenUsage } from '../../../src/call/usage.js';
import { AIPerformanceMonitor } from '../../../src/monitor/AIPerformanceMonitor.js';
import type { OpenCall } from '../../../src/monitor/OpenCall.js';
import type { PriceBook } from '../../../src/pricing/PriceBook.js';
import { InMemoryMetricsReporter } from '../../../src/reporters/InMemoryMetricsReporter.js';
import { ManualClock } from '../../helpers/ManualClock.js';

const USAGE: TokenUsage = { promptTokens: 10, completionTokens: 5, totalTokens: 15, details: {} };

function setUp(priceBook?: PriceBook) {
  const reporter = new InMemoryMetricsReporter();
  const clock = new ManualClock();
  return { clock, reporter, monitor: new AIPerformanceMonitor({ metricsReporter: reporter, priceBook, clock }) };
}

const endings: readonly [string, (call: OpenCall) => void][] = [
  ['complete', (call) => call.complete()],
  ['fail', (call) => call.fail({ errorType: 'timeout' })],
  ['fail as aborted', (call) => call.fail({ errorType: 'aborted' })],
  ['abort', (call) => call.abort()],
  ['end', (call) => call.end('error')],
];
const pairs = endings.flatMap(([first, begin]) => endings.map(([then, again]) => ({ first, begin, then, again })));

describe('a call ends exactly once', () => {
  test.each(pairs)('by $first, whatever $then says after it', ({ begin, again }) => {
    for (const streaming of [false, true]) {
      const { reporter, monitor } = setUp();
      const call = streaming ? monitor.openStream() : monitor.open();

      begin(call);
      const ended = reporter.names.at(-1);
      again(call);
      call.firstToken();
      call.attempt({ httpStatus: 200 });

      expect(reporter.events).toHaveLength(2);
      expect([reporter.names.at(-1), reporter.ended.length, call.ended]).toEqual([ended, 1, true]);
    }
  });
});

test.each([
  ['success', 'ai_request_complete', 'ai_stream_complete'],
  ['error', 'ai_request_error', 'ai_stream_error'],
  ['aborted', 'ai_request_aborted', 'ai_stream_aborted'],
] as const)('the outcome %s is told as %s or %s', (outcome, request, stream) => {
  const { reporter, monitor } = setUp();

  monitor.open().end(outcome);
  monitor.openStream().end(outcome);

  expect(reporter.ended.map(([name]) => name)).toEqual([request, stream]);
});

describe('unknown is not zero', () => {
  test.each<[Operation, (call: OpenCall) => void, string | null]>([
    ['chat', (call) => call.complete(), 'not_sent'],
    ['embeddings', (call) => call.complete(), 'not_sent'],
    ['speech', (call) => call.complete(), null],
    ['chat', (call) => call.abort(), 'aborted'],
    ['speech', (call) => call.abort(), null],
    ['chat', (call) => call.fail({ errorType: 'stream_interrupted' }), 'stream_interrupted'],
    ['speech', (call) => call.fail({ errorType: 'stream_interrupted' }), null],
    ['chat', (call) => call.fail({ errorType: 'rate_limit' }), null],
    ['chat', (call) => call.complete({ usage: USAGE }), null],
    ['chat', (call) => call.abort({ usage: USAGE }), null],
  ])('a call of %s ended by %s has usageMissing %p', (operation, end, missing) => {
    const { reporter, monitor } = setUp();

    end(monitor.openStream({ operation }));

    expect(reporter.ended[0]?.[1].usageMissing).toBe(missing);
  });

  test('without usage every count is null', () => {
    const { reporter, monitor } = setUp();

    monitor.open({ operation: 'chat' }).complete();

    expect(reporter.ended[0]?.[1]).toMatchObject({
      promptTokens: null,
      completionTokens: null,
      totalTokens: null,
      costUsd: null,
      unpriced: false,
      tokenDetails: {},
    });
  });

  test.each([
    ['knows no price', () => undefined],
    ['gives no number', () => NaN],
    ['gives a negative price', () => -1],
    [
      'throws',
      () => {
        throw new Error('the book is torn');
      },
    ],
  ])('a price book that %s leaves the call unpriced and whole', async (_name, cost) => {
    const { reporter, monitor } = setUp({ cost });
    const answer = { usage: { prompt_tokens: 1, completion_tokens: 1 } };

    expect(await monitor.trackRequest(() => Promise.resolve(answer))).toBe(answer);
    expect(reporter.ended[0]?.[1]).toMatchObject({ costUsd: null, unpriced: true, totalTokens: 2 });
  });

  test('a price of 0 is a price', () => {
    const { reporter, monitor } = setUp({ cost: () => 0 });

    monitor.open().complete({ usage: USAGE });

    expect(reporter.ended[0]?.[1]).toMatchObject({ costUsd: 0, unpriced: false });
  });
});

test('a call is priced by the model that answered, its tier and its provider', () => {
  const asked: unknown[] = [];
  const { clock, monitor } = setUp({
    cost: ({ provider, model, usage, serviceTier, at }) => {
      asked.push({ provider, model, usage, serviceTier, at });
      return 1;
    },
  });

  monitor
    .open({ model: 'gpt-4o', provider: 'azure' })
    .complete({ usage: USAGE, responseModel: 'gpt-4o-2024', serviceTier: 'flex' });
  monitor.open({ model: 'gpt-4o' }).complete({ usage: USAGE });

  const at = clock.wallTime();
  expect(asked).toEqual([
    { provider: 'azure', model: 'gpt-4o-2024', usage: USAGE, serviceTier: 'flex', at },
    { provider: 'openai', model: 'gpt-4o', usage: USAGE, serviceTier: undefined, at },
  ]);
});

test('a call that began without a model is counted for the one that answered, and remembers how it began', () => {
  const { reporter, monitor } = setUp();

  monitor.open().complete({ responseModel: 'gpt-4o' });
  monitor.open({ model: 'asked' }).complete({ responseModel: 'answered' });
  monitor.open().complete();

  expect(reporter.ended.map(([, { model, startedAsModel }]) => [model, startedAsModel])).toEqual([
    ['gpt-4o', 'unknown'],
    ['asked', 'asked'],
    ['unknown', 'unknown'],
  ]);
});

describe('time per output token', () => {
  test.each([
    [100, 1100, 11, 100],
    [100, 100, 11, 0],
    [100, 1100, 2, 1000],
    [100, 1100, 1, null],
    [100, 1100, 0, null],
    [null, 1100, 11, null],
  ])('with the first token after %p ms of %p and %p tokens is %p', (first, duration, completionTokens, expected) => {
    const { clock, reporter, monitor } = setUp();
    const call = monitor.openStream();

    clock.advance(first ?? 0);
    if (first !== null) call.firstToken();
    clock.advance(duration - (first ?? 0));
    call.complete({ usage: { ...USAGE, completionTokens } });

    expect(reporter.metricsOf('ai_stream_complete')[0]?.timePerOutputToken).toBe(expected);
  });
});

test('no time counts after the answer, however much later its end is told', () => {
  const { clock, reporter, monitor } = setUp();
  const call = monitor.openStream({ model: 'm', operation: 'chat' });
  clock.advance(100);
  call.firstToken();
  clock.advance(400);
  call.answered();
  clock.advance(1000);
  call.answered();
  call.complete({ usage: USAGE });

  expect(reporter.metricsOf('ai_stream_complete')).toMatchObject([
    { duration: 500, timeToFirstToken: 100, timePerOutputToken: 100 },
  ]);
});

test('attempts are told with what the headers said', () => {
  const { reporter, monitor } = setUp();
  const call = monitor.open({ model: 'm' });

  call.attempt({ httpStatus: 429, rateLimits: { tokens: { remaining: 0 } } });
  call.attempt({ retryReason: 'rate_limit' });
  call.complete();

  expect(reporter.metricsOf('ai_attempt')).toMatchObject([
    { model: 'm', correlationId: call.correlationId, httpStatus: 429, rateLimits: { tokens: { remaining: 0 } } },
    { model: 'm', correlationId: call.correlationId, retryReason: 'rate_limit' },
  ]);
});

describe('a connection that is lost', () => {
  test.each([
    ['after output came is a stream that was cut', true, 'stream_interrupted', 'stream_interrupted'],
    ['before any output is a failed connection, with no usage to miss', false, 'connection', null],
  ])('%s', (_name, begun, errorType, usageMissing) => {
    const { reporter, monitor } = setUp();
    const call = monitor.openStream({ operation: 'chat' });

    if (begun) call.firstToken();
    call.fail({ errorType: 'connection', errorName: 'APIConnectionError' });

    expect(reporter.metricsOf('ai_stream_error')).toMatchObject([{ errorType, errorMessage: errorType, usageMissing }]);
  });
});

test('whoever completes a call may say why its usage is unknown', () => {
  const { reporter, monitor } = setUp();

  monitor.openStream({ operation: 'chat' }).complete({}, 'stream_interrupted');
  monitor.openStream({ operation: 'speech' }).complete({}, 'stream_interrupted');

  expect(reporter.ended.map(([, { usageMissing }]) => usageMissing)).toEqual(['stream_interrupted', null]);
});

describe('a call that is billed by other units than tokens', () => {
  const priceBook: PriceBook = { cost: ({ units }) => (units?.characters ?? NaN) * 0.5 };

  test('is priced by what the request asked for, once it has succeeded', () => {
    const { reporter, monitor } = setUp(priceBook);
    monitor.open({ operation: 'speech', units: { characters: 4 } }).complete();
    monitor.open({ operation: 'speech', units: { characters: 4 } }).complete({ units: { characters: 6 } });
    expect(reporter.ended.map(([, end]) => [end.costUsd, end.unpriced])).toEqual([
      [2, false],
      [3, false],
    ]);
  });

  test('costs nothing that is known when it fails or is given up', () => {
    const { reporter, monitor } = setUp(priceBook);
    monitor.open({ operation: 'speech', units: { characters: 4 } }).fail({ errorType: 'server_error' });
    monitor.open({ operation: 'speech', units: { characters: 4 } }).abort();
    expect(reporter.ended.map(([, end]) => [end.costUsd, end.unpriced])).toEqual([
      [null, false],
      [null, false],
    ]);
  });

  test('is unpriced where there is no price for them', () => {
    const { reporter, monitor } = setUp(priceBook);
    monitor.open({ operation: 'images', units: { images: { count: 1 } } }).complete();
    expect(reporter.ended[0]?.[1]).toMatchObject({ costUsd: null, unpriced: true });
  });
});

test('a model that is known only later names the end, and what began is ended as it began', () => {
  const { reporter, monitor } = setUp();
  const [late, early] = [monitor.open(), monitor.open({ model: 'gpt-4o' })];

  for (const call of [late, early]) {
    call.named('whisper-1');
    call.complete();
    call.named('too-late');
  }

  expect(reporter.metricsOf('ai_request_complete')).toMatchObject([
    { model: 'whisper-1', startedAsModel: 'unknown' },
    { model: 'gpt-4o', startedAsModel: 'gpt-4o' },
  ]);
});
