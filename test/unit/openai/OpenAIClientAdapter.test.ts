import { jest } from '@jest/globals';
import { AIPerformanceMonitor } from '../../../src/monitor/AIPerformanceMonitor.js';
import { monitorOpenAI } from '../../../src/openai/monitorOpenAI.js';
import { OpenAIClientAdapter, type OpenAIClientAdapterOptions } from '../../../src/openai/OpenAIClientAdapter.js';
import { InMemoryMetricsReporter } from '../../../src/reporters/InMemoryMetricsReporter.js';
import { completion, eventsAnswer, jsonAnswer } from '../../helpers/openaiAnswers.js';
import { recordingLogger } from '../../helpers/recordingLogger.js';
import { STALL, startScriptedServer, type ScriptedServer } from '../../helpers/scriptedServer.js';
import { SDKS } from '../../helpers/sdks.js';

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

describe.each(SDKS)('over $version', ({ OpenAI }) => {
  function build(options: Partial<OpenAIClientAdapterOptions> = {}) {
    const reporter = new InMemoryMetricsReporter();
    const logger = recordingLogger();
    const client = new OpenAI({ apiKey: 'sk-KEY-SECRET', baseURL: server.url, maxRetries: 0 });
    const performanceMonitor = new AIPerformanceMonitor({ metricsReporter: reporter, logger });
    const adapter = new OpenAIClientAdapter({ openAIClient: client, logger, performanceMonitor, ...options });
    return { adapter, client, reporter, logger, performanceMonitor };
  }

  describe('sendJsonMessage', () => {
    test("resolves to the API's answer and records it once", async () => {
      server.script(jsonAnswer(completion));
      const { adapter, reporter } = build();
      await expect(adapter.sendJsonMessage(messages, { model, attribution: { app: 'shop' } })).resolves.toEqual(
        completion,
      );
      expect(reporter.names).toEqual(['ai_request_start', 'ai_attempt', 'ai_request_complete']);
      expect(reporter.ended[0]?.[1]).toMatchObject({
        model,
        operation: 'chat',
        messageCount: 2,
        attribution: { app: 'shop' },
        promptTokens: 12,
        completionTokens: 7,
        totalTokens: 19,
        finishReasons: ['stop'],
        responseModel: 'gpt-4o-mini-2024-07-18',
      });
    });

    test('tells of every attempt, why it was needed, and the rate limits', async () => {
      const limits = { 'x-ratelimit-limit-requests': '100', 'x-ratelimit-remaining-requests': '7' };
      server.script(
        { status: 429, headers: { 'retry-after-ms': '1' }, steps: ['{}'] },
        jsonAnswer(completion, 200, limits),
      );
      const openAIClient = new OpenAI({ apiKey: 'sk', baseURL: server.url, maxRetries: 1 });
      const { adapter, reporter } = build({ openAIClient });
      await adapter.sendJsonMessage(messages, { model });
      expect(reporter.metricsOf('ai_attempt')).toEqual([
        expect.objectContaining({ httpStatus: 429 }),
        expect.objectContaining({
          httpStatus: 200,
          retryReason: 'rate_limit',
          lostMs: expect.any(Number) as number,
          rateLimits: { requests: { limit: 100, remaining: 7 } },
        }),
      ]);
      expect(reporter.ended).toHaveLength(1);
    });

    test('calls of one client at the same time have each their own attempts', async () => {
      const refused = { status: 429, headers: { 'retry-after-ms': '1' }, steps: ['{}'] };
      server.script(refused, refused, refused, jsonAnswer(completion));
      const openAIClient = new OpenAI({ apiKey: 'sk', baseURL: server.url, maxRetries: 3 });
      const { adapter, reporter } = build({ openAIClient });
      await Promise.all(
        ['a', 'b', 'c'].map((correlationId) => adapter.sendJsonMessage(messages, { model, correlationId })),
      );
      const attempts = reporter.metricsOf('ai_attempt');
      expect(attempts).toHaveLength(6);
      for (const id of ['a', 'b', 'c']) {
        const own = attempts.filter(({ correlationId }) => correlationId === id);
        expect(own.at(-1)).toMatchObject({ httpStatus: 200 });
        expect(own[0]).not.toHaveProperty('retryReason');
      }
    });

    test('a method that the application put in place of the SDK goes before', async () => {
      const openAIClient = new OpenAI({ apiKey: 'sk', baseURL: 'http://127.0.0.1:1' });
      const mine = { ...completion, id: 'mine' };
      Reflect.set(openAIClient.chat.completions, 'create', () => Promise.resolve(mine));
      expect(await build({ openAIClient }).adapter.sendJsonMessage(messages, { model })).toBe(mine);
    });

    test('sends the parameters and nothing of its own options', async () => {
      server.script(jsonAnswer(completion));
      const { adapter } = build();
      await adapter.sendJsonMessage(messages, { model, temperature: 0, correlationId: 'c', attribution: { app: 'a' } });
      expect(JSON.parse(server.requests.at(-1)?.body ?? '')).toEqual({
        model,
        temperature: 0,
        messages,
        stream: false,
      });
    });

    test("rejects with the SDK's own error and records it once", async () => {
      server.script(jsonAnswer({ error: { message: 'PROMPT-SECRET', code: 'insufficient_quota' } }, 429));
      const { adapter, reporter } = build();
      await expect(adapter.sendJsonMessage(messages, { model })).rejects.toBeInstanceOf(OpenAI.RateLimitError);
      expect(reporter.names).toEqual(['ai_request_start', 'ai_attempt', 'ai_request_error']);
      expect(reporter.ended[0]?.[1]).toMatchObject({ errorType: 'quota_exceeded', httpStatus: 429 });
    });

    test('an aborted call is recorded as aborted', async () => {
      server.script({ instead: STALL });
      const { adapter, reporter } = build();
      const controller = new AbortController();
      const call = adapter.sendJsonMessage(messages, { model, signal: controller.signal });
      controller.abort();
      await expect(call).rejects.toBeInstanceOf(OpenAI.APIUserAbortError);
      expect(reporter.names).toEqual(['ai_request_start', 'ai_request_aborted']);
    });
  });

  describe('correlation', () => {
    test.each(['sendJsonMessage', 'streamMessage'] as const)(
      '%s: one id in every log line and event',
      async (method) => {
        server.script(method === 'streamMessage' ? eventsAnswer('chat') : jsonAnswer(completion));
        const { adapter, reporter, logger } = build();
        await adapter[method](messages, { model });
        await adapter[method](messages, { model, correlationId: 'mine' });
        const ids = reporter.events.map(([, metrics]) => metrics.correlationId);
        const logged = logger.lines.map(([, fields]) => (fields as { correlationId: string }).correlationId);
        expect(new Set(ids)).toEqual(new Set(logged));
        expect(new Set(ids).size).toBe(2);
        expect(ids.at(-1)).toBe('mine');
      },
    );

    test('calls of the same moment have different ids', async () => {
      server.script(jsonAnswer(completion));
      const { adapter, reporter } = build();
      jest.spyOn(Date, 'now').mockReturnValue(1);
      await Promise.all(Array.from({ length: 5 }, () => adapter.sendJsonMessage(messages, { model })));
      jest.restoreAllMocks();
      expect(new Set(reporter.ended.map(([, metrics]) => metrics.correlationId)).size).toBe(5);
    });
  });

  test('neither log nor event holds anything of what was asked or answered, or the key', async () => {
    const { adapter, reporter, logger } = build();
    server.script(jsonAnswer(completion));
    await adapter.sendJsonMessage(messages, { model });
    server.script(eventsAnswer('chat'));
    await adapter.streamMessage(messages, { model });
    server.script(jsonAnswer({ error: { message: 'ANSWER-SECRET sk-KEY-SECRET' } }, 400));
    await adapter.sendJsonMessage(messages, { model }).catch(() => undefined);
    const told = JSON.stringify([reporter.events, logger.lines]);
    expect(told).not.toMatch(/SECRET|Grüße|世界/);
    expect(told).toContain('"messageCharacters":30');
    expect(told).toContain('"answerCharacters":13');
  });

  test('a client that is measured already does not count twice', async () => {
    server.script(jsonAnswer(completion));
    const { client, performanceMonitor, reporter } = build();
    const openAIClient = monitorOpenAI(client, { monitor: performanceMonitor });
    await new OpenAIClientAdapter({ openAIClient, performanceMonitor }).sendJsonMessage(messages, { model });
    expect(reporter.ended).toHaveLength(1);
  });
});

describe('what it is made of', () => {
  const openAIClient = new SDKS[1]!.OpenAI({ apiKey: 'k', baseURL: 'http://127.0.0.1:1' });

  test('without a client the error names the option', () => {
    const options = { logger: recordingLogger() } as unknown as OpenAIClientAdapterOptions;
    expect(() => new OpenAIClientAdapter(options)).toThrow(/openAIClient/);
  });

  test('without a monitor its measurements go to the logger', async () => {
    const logger = recordingLogger();
    const client = new SDKS[1]!.OpenAI({ apiKey: 'k', baseURL: server.url });
    server.script(jsonAnswer(completion));
    await new OpenAIClientAdapter({ openAIClient: client, logger }).sendJsonMessage(messages, { model });
    expect(logger.lines.map(([line]) => line)).toContain('AI performance: ai_request_complete');
  });

  test('without a monitor and a logger it refuses, since it would report nowhere', () => {
    expect(() => new OpenAIClientAdapter({ openAIClient })).toThrow(/performanceMonitor or logger/);
    expect(() => new OpenAIClientAdapter({ openAIClient, performanceMonitor: null })).toThrow(/reach nobody/);
  });

  test('the logger is optional and may be broken', async () => {
    const client = new SDKS[1]!.OpenAI({ apiKey: 'k', baseURL: server.url });
    const reporter = new InMemoryMetricsReporter();
    const performanceMonitor = new AIPerformanceMonitor({ metricsReporter: reporter });
    const broken = {
      ...recordingLogger(),
      debug: () => {
        throw new Error('disk full');
      },
    };
    server.script(jsonAnswer(completion));
    for (const logger of [undefined, broken]) {
      const adapter = new OpenAIClientAdapter({ openAIClient: client, logger, performanceMonitor });
      await expect(adapter.sendJsonMessage(messages, { model })).resolves.toEqual(completion);
    }
    expect(reporter.ended).toHaveLength(2);
  });
});
