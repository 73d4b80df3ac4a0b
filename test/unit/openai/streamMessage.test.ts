import { jest } from '@jest/globals';
import { AIPerformanceMonitor } from '../../../src/monitor/AIPerformanceMonitor.js';
import { OpenAIClientAdapter } from '../../../src/openai/OpenAIClientAdapter.js';
import { InMemoryMetricsReporter } from '../../../src/reporters/InMemoryMetricsReporter.js';
import { EVENT_STREAM, eventsAnswer, jsonAnswer } from '../../helpers/openaiAnswers.js';
import { RESET, startScriptedServer, type Answer, type ScriptedServer } from '../../helpers/scriptedServer.js';
import { SDKS } from '../../helpers/sdks.js';
import { firstEvents, streamFixture } from '../../helpers/streamFixtures.js';

const messages = [
  { role: 'system' as const, content: 'PROMPT-SECRET' },
  { role: 'user' as const, content: [{ type: 'text' as const, text: 'PROMPT-SECRET too' }] },
];
const model = 'gpt-4o-mini';

let server: ScriptedServer;
beforeAll(async () => {
  server = await startScriptedServer();
});
afterAll(async () => {
  await server.close();
});

describe.each(SDKS)('streamMessage over $version', ({ OpenAI }) => {
  function build() {
    const reporter = new InMemoryMetricsReporter();
    const client = new OpenAI({ apiKey: 'sk-KEY-SECRET', baseURL: server.url, maxRetries: 0 });
    const performanceMonitor = new AIPerformanceMonitor({ metricsReporter: reporter });
    const adapter = new OpenAIClientAdapter({ openAIClient: client, performanceMonitor });
    return { adapter, reporter };
  }

  test('hands over every chunk in order and resolves to the whole answer', async () => {
    server.script(eventsAnswer('chat'));
    const { adapter, reporter } = build();
    const chunks: (string | null | undefined)[] = [];
    const answer = await adapter.streamMessage(messages, {
      model,
      onChunk: (chunk) => void chunks.push(chunk.choices[0]?.delta.content),
    });
    expect(chunks).toEqual(['', 'Grüße, ', '世界 👋🏽', undefined]);
    expect(answer).toMatchObject({
      object: 'chat.completion',
      model: 'gpt-4o-mini-2024-07-18',
      choices: [{ index: 0, message: { role: 'assistant', content: 'Grüße, 世界 👋🏽' }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 12, completion_tokens: 7, total_tokens: 19 },
    });
    expect(reporter.names).toEqual(['ai_stream_start', 'ai_attempt', 'ai_stream_first_token', 'ai_stream_complete']);
    expect(reporter.ended[0]?.[1]).toMatchObject({
      completionTokens: 7,
      timeToFirstToken: expect.any(Number) as number,
    });
  });

  test('sees the first token, the tokens and the end without an onChunk', async () => {
    server.script(eventsAnswer('chat'));
    const { adapter, reporter } = build();
    await adapter.streamMessage(messages, { model });
    expect(reporter.names).toEqual(['ai_stream_start', 'ai_attempt', 'ai_stream_first_token', 'ai_stream_complete']);
    expect(reporter.ended[0]?.[1]).toMatchObject({ totalTokens: 19, usageMissing: null });
  });

  test("leaves the caller's options as they are, frozen ones too", async () => {
    server.script(eventsAnswer('chat'));
    const onChunk = jest.fn<() => void>();
    const options = Object.freeze({ model, onChunk, stream_options: Object.freeze({ include_obfuscation: false }) });
    await build().adapter.streamMessage(messages, options);
    await build().adapter.streamMessage(messages, options);
    expect(options.onChunk).toBe(onChunk);
    expect(onChunk).toHaveBeenCalledTimes(8);
    expect(JSON.parse(server.requests.at(-1)?.body ?? '')).toMatchObject({
      stream_options: { include_obfuscation: false, include_usage: true },
    });
  });

  test('the usage that it asks for itself does not reach onChunk', async () => {
    server.script(eventsAnswer('chat'));
    const chunks: object[] = [];
    await build().adapter.streamMessage(messages, { model, onChunk: (chunk) => void chunks.push(chunk) });
    expect(chunks).toHaveLength(4);
    for (const chunk of chunks) expect(chunk).not.toHaveProperty('usage');
  });

  test('the usage that the caller asks for does', async () => {
    server.script(eventsAnswer('chat'));
    const usages: unknown[] = [];
    const onChunk = (chunk: { usage?: unknown }) => void usages.push(chunk.usage);
    await build().adapter.streamMessage(messages, { model, stream_options: { include_usage: true }, onChunk });
    expect(usages).toEqual([null, null, null, null, expect.objectContaining({ total_tokens: 19 })]);
  });

  test('a caller who does not want usage gets none asked for, and it counts as not sent', async () => {
    server.script(eventsAnswer('chat-without-usage'));
    const { adapter, reporter } = build();
    await adapter.streamMessage(messages, { model, stream_options: { include_usage: false } });
    expect(JSON.parse(server.requests.at(-1)?.body ?? '')).toMatchObject({
      stream_options: { include_usage: false },
    });
    expect(reporter.ended[0]?.[1]).toMatchObject({ totalTokens: null, usageMissing: 'not_sent' });
  });

  test('several answers and tool calls are put together', async () => {
    server.script(eventsAnswer('chat-two-choices-tools'));
    const answer = await build().adapter.streamMessage(messages, { model, n: 2 });
    expect(answer.choices).toMatchObject([
      {
        finish_reason: 'tool_calls',
        message: {
          content: null,
          tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'weather', arguments: '{"city":"Bern"}' } }],
        },
      },
      { finish_reason: 'stop', message: { content: 'Yes' } },
    ]);
  });

  test('what onChunk throws reaches the caller as it is, ends the stream, and is recorded once', async () => {
    server.script(eventsAnswer('chat'));
    const { adapter, reporter } = build();
    const thrown = new Error('full');
    const onChunk = jest.fn(() => {
      throw thrown;
    });
    await expect(adapter.streamMessage(messages, { model, onChunk })).rejects.toBe(thrown);
    expect(onChunk).toHaveBeenCalledTimes(1);
    // A mistake of the application is no error of the API.
    expect(reporter.ended).toMatchObject([['ai_stream_aborted', { usageMissing: 'aborted' }]]);
    expect(reporter.inFlight).toBe(0);
  });

  test('an asynchronous onChunk is waited for', async () => {
    server.script(eventsAnswer('chat'));
    const order: string[] = [];
    await build().adapter.streamMessage(messages, {
      model,
      onChunk: async () => {
        order.push('in');
        await new Promise((resolve) => setImmediate(resolve));
        order.push('out');
      },
    });
    expect(order).toEqual(['in', 'out', 'in', 'out', 'in', 'out', 'in', 'out']);
  });

  test.each<[string, Answer, object]>([
    ['an error event', eventsAnswer('chat-error-event'), { errorType: 'server_error' }],
    [
      'a lost connection',
      { headers: EVENT_STREAM, steps: [firstEvents('chat', 2), RESET] },
      { errorType: 'stream_interrupted', usageMissing: 'stream_interrupted' },
    ],
    ['a 401', jsonAnswer({ error: { code: 'invalid_api_key' } }, 401), { errorType: 'authentication' }],
  ])('%s reaches the caller and is recorded once', async (_title, answer, recorded) => {
    server.script(answer);
    const { adapter, reporter } = build();
    await expect(adapter.streamMessage(messages, { model })).rejects.toThrow();
    expect(reporter.names.filter((name) => name === 'ai_stream_error')).toHaveLength(1);
    expect(reporter.ended[0]?.[1]).toMatchObject(recorded);
    expect(reporter.inFlight).toBe(0);
  });

  test('an answer that just stops resolves as far as it came and is recorded as interrupted', async () => {
    server.script({ headers: EVENT_STREAM, steps: [firstEvents('chat', 2)] });
    const { adapter, reporter } = build();
    const answer = await adapter.streamMessage(messages, { model });
    expect(answer.choices[0]).toMatchObject({ message: { content: 'Grüße, ' }, finish_reason: null });
    expect(reporter.ended).toMatchObject([['ai_stream_error', { errorType: 'stream_interrupted' }]]);
  });

  test.each(['null', '5', '{"choices":null}', '{}'])(
    'a chunk such as %s is handed over and nothing throws',
    async (chunk) => {
      server.script({ headers: EVENT_STREAM, steps: [`data: ${chunk}\n\n`, streamFixture('chat')] });
      const chunks: unknown[] = [];
      const answer = await build().adapter.streamMessage(messages, {
        model,
        onChunk: (each) => void chunks.push(each),
      });
      expect(chunks[0]).toEqual(JSON.parse(chunk));
      expect(answer.choices[0]?.message.content).toBe('Grüße, 世界 👋🏽');
    },
  );
});
