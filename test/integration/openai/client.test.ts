import { jest } from '@jest/globals';
import { AIPerformanceMonitor } from '../../../src/monitor/AIPerformanceMonitor.js';
import { monitorOpenAI, type MonitorOpenAIOptions } from '../../../src/openai/monitorOpenAI.js';
import { InMemoryMetricsReporter } from '../../../src/reporters/InMemoryMetricsReporter.js';
import { APIS, streamed } from '../../helpers/apis.js';
import { clientPair, settled } from '../../helpers/measuredClient.js';
import { completion, eventsAnswer, jsonAnswer } from '../../helpers/openaiAnswers.js';
import { STALL, startScriptedServer, type ScriptedServer } from '../../helpers/scriptedServer.js';
import { SDKS } from '../../helpers/sdks.js';
import { untilCollected } from '../../helpers/untilCollected.js';

const body = { model: 'gpt-4o-mini', messages: [{ role: 'user' as const, content: 'Hi' }] };
const chatStream = streamed(APIS[0]!);

async function drain(stream: AsyncIterable<unknown>): Promise<unknown[]> {
  const events: unknown[] = [];
  for await (const event of stream) events.push(event);
  return events;
}

let server: ScriptedServer;
beforeAll(async () => {
  server = await startScriptedServer();
});
afterAll(async () => {
  await server.close();
});

describe.each(SDKS)('$version', ({ OpenAI, AzureOpenAI }) => {
  function pair(monitoring: Omit<MonitorOpenAIOptions, 'monitor'> = {}, options = {}) {
    return clientPair(OpenAI, { baseURL: server.url, ...options }, monitoring);
  }

  test('the client given stays unmeasured, and the new one is of its class', async () => {
    server.script(jsonAnswer(completion));
    const { bare, measured, reporter } = pair();
    const keys = Reflect.ownKeys(bare);
    await bare.chat.completions.create(body);
    expect(Reflect.ownKeys(bare)).toEqual(keys);
    expect(reporter.events).toEqual([]);
    expect(Object.getPrototypeOf(measured)).toBe(Object.getPrototypeOf(bare));
    expect(measured).toBeInstanceOf(OpenAI);
  });

  test('the server gets the same request, but for the usage that a stream is asked for', async () => {
    server.script(chatStream);
    const { bare, measured } = pair({}, { defaultHeaders: { 'x-mine': '1' }, organization: 'org' });
    const stream = { ...body, stream: true as const };
    for (const client of [bare, measured]) await drain(await client.chat.completions.create(stream));
    const [expected, seen] = server.requests.slice(-2);
    const length = { 'content-length': expect.any(String) as string };
    expect(seen!.headers).toEqual({ ...expected!.headers, ...length });
    expect(JSON.parse(seen!.body)).toEqual({ ...JSON.parse(expected!.body), stream_options: { include_usage: true } });
  });

  test('with usageInStreams off the request is the very same, and usage counts as not sent', async () => {
    server.script(chatStream);
    const { bare, measured, reporter } = pair({ usageInStreams: false });
    const stream = { ...body, stream: true as const };
    for (const client of [bare, measured]) await drain(await client.chat.completions.create(stream));
    const [expected, seen] = server.requests.slice(-2);
    expect(seen!.body).toBe(expected!.body);
    expect(reporter.ended).toMatchObject([['ai_stream_complete', { usageMissing: 'not_sent' }]]);
  });

  test('a caller who asks for usage gets it', async () => {
    server.script(chatStream);
    const { measured } = pair();
    const stream = await measured.chat.completions.create({
      ...body,
      stream: true,
      stream_options: { include_usage: true },
    });
    const usages: unknown[] = [];
    for await (const { usage } of stream) usages.push(usage?.total_tokens);
    expect(usages).toEqual([undefined, undefined, undefined, undefined, 19]);
  });

  test('provider, attribution and rate limits are told', async () => {
    server.script(
      jsonAnswer(completion, 200, { 'x-ratelimit-remaining-tokens': '7', 'x-ratelimit-reset-tokens': '6m0s' }),
    );
    const { measured, reporter } = pair({ provider: 'azure', attribution: { app: 'shop' } });
    await measured.chat.completions.create(body);
    expect(reporter.ended[0]?.[1]).toMatchObject({ provider: 'azure', attribution: { app: 'shop' }, messageCount: 1 });
    expect(reporter.metricsOf('ai_attempt')[0]).toMatchObject({
      rateLimits: { tokens: { remaining: 7, resetSeconds: 360 } },
    });
  });

  test('attribution may be asked for at every call, and may throw', async () => {
    server.script(jsonAnswer(completion));
    let calls = 0;
    const attribution = (): { app: string } => {
      calls += 1;
      if (calls === 2) throw new Error('no context');
      return { app: `app${calls}` };
    };
    const { measured, reporter } = pair({ attribution });
    for (let call = 0; call < 3; call += 1) await measured.chat.completions.create(body);
    expect(reporter.ended.map(([, metrics]) => metrics.attribution)).toEqual([{ app: 'app1' }, {}, { app: 'app3' }]);
  });

  test('withOptions() gives a measured client, and each call counts once', async () => {
    server.script(jsonAnswer(completion));
    const { measured, reporter } = pair();
    const other = measured.withOptions({ timeout: 1234 }).withOptions({ maxRetries: 1 });
    expect(other).toMatchObject({ timeout: 1234, maxRetries: 1, baseURL: server.url });
    await other.chat.completions.create(body);
    expect(reporter.names).toEqual(['ai_request_start', 'ai_attempt', 'ai_request_complete']);
  });

  test('a client that is measured already is not measured twice', async () => {
    server.script(jsonAnswer(completion));
    const { measured } = pair();
    const reporter = new InMemoryMetricsReporter();
    const again = monitorOpenAI(measured, { monitor: new AIPerformanceMonitor({ metricsReporter: reporter }) });
    await again.chat.completions.create(body);
    expect(reporter.names).toEqual(['ai_request_start', 'ai_attempt', 'ai_request_complete']);
  });

  test("the application's own fetch is called as before, and sees nothing of ours", async () => {
    const inits: (RequestInit | undefined)[] = [];
    const fetch = jest.fn((url: string | URL | Request, init?: RequestInit) => {
      inits.push(init);
      return globalThis.fetch(url, init);
    });
    server.script(jsonAnswer(completion));
    const { measured, reporter } = pair({}, { fetch });
    await measured.chat.completions.create(body);
    expect(inits).toHaveLength(1);
    expect(Object.getOwnPropertySymbols(inits[0])).toEqual([]);
    expect(reporter.ended).toHaveLength(1);
  });

  test("a fetch whose answers are not the platform's is measured too", async () => {
    const answer = {
      ok: true,
      status: 200,
      headers: new Headers({ 'content-type': 'application/json' }),
      url: server.url,
    };
    const fetch = () => {
      const text = () => Promise.resolve(JSON.stringify(completion));
      return Promise.resolve({ ...answer, text, json: () => Promise.resolve(completion) } as unknown as Response);
    };
    const { measured, reporter } = pair({}, { fetch });
    expect(await measured.chat.completions.create(body)).toEqual(completion);
    expect(reporter.ended).toMatchObject([['ai_request_complete', { totalTokens: 19 }]]);
  });

  test('a stream whose body is only something to iterate over is measured too', async () => {
    const fetch = async (url: string | URL | Request, init?: RequestInit) => {
      const real = await globalThis.fetch(url, init);
      const { status, headers, ok } = real;
      const chunks = [Buffer.from(await real.arrayBuffer())];
      const body = { [Symbol.asyncIterator]: () => chunks.values() };
      return { ok, status, headers, url: server.url, body } as unknown as Response;
    };
    server.script(eventsAnswer('responses'));
    const { measured, reporter } = pair({}, { fetch });
    const stream = await measured.responses.create({ model: 'gpt-4.1', input: 'Hi', stream: true });
    await drain(stream);
    expect(reporter.ended).toMatchObject([['ai_stream_complete', { totalTokens: 25 }]]);
  });

  test('an answer that is dropped unread is recorded as aborted once it is garbage', async () => {
    const { measured, reporter } = pair();
    server.script({ ...eventsAnswer('chat'), steps: ['data: {}\n\n', STALL] });
    await (async () => {
      await measured.chat.completions.create({ ...body, stream: true });
    })();
    expect(reporter.inFlight).toBe(1);
    await untilCollected(() => reporter.inFlight === 0);
    expect(reporter.ended).toMatchObject([['ai_stream_aborted', { usageMissing: 'aborted' }]]);
  });

  test('a reporter that throws changes nothing for the caller', async () => {
    server.script(jsonAnswer(completion), chatStream);
    const broken = new InMemoryMetricsReporter();
    broken.trackEvent = () => {
      throw new Error('reporter');
    };
    const monitor = new AIPerformanceMonitor({ metricsReporter: broken });
    const client = monitorOpenAI(new OpenAI({ apiKey: 'k', baseURL: server.url }), { monitor });
    expect(await client.chat.completions.create(body)).toEqual(completion);
    expect(await drain(await client.chat.completions.create({ ...body, stream: true }))).toHaveLength(4);
  });

  test('many calls at once are each recorded once, with their own tokens', async () => {
    server.script(({ body: text }) => {
      const { max_completion_tokens: count } = JSON.parse(text) as { max_completion_tokens: number };
      return jsonAnswer({
        ...completion,
        usage: { prompt_tokens: count, completion_tokens: 1, total_tokens: 0 },
      });
    });
    const { measured, reporter } = pair();
    const counts = Array.from({ length: 50 }, (_, i) => i);
    await Promise.all(
      counts.map((count) => measured.chat.completions.create({ ...body, max_completion_tokens: count })),
    );
    await settled(reporter);
    const told = reporter.metricsOf('ai_request_complete').map(({ promptTokens }) => promptTokens);
    expect(told.sort((a, b) => a! - b!)).toEqual(counts);
    expect(new Set(reporter.ended.map(([, { correlationId }]) => correlationId)).size).toBe(50);
  });

  test.each([
    ['a key', { apiKey: 'az-key' }],
    ['a token provider', { azureADTokenProvider: () => Promise.resolve('az-token') }],
  ])('AzureOpenAI with %s: deployment, version and credentials go along', async (_title, credentials) => {
    server.script(jsonAnswer(completion));
    const azure = { endpoint: server.url, apiVersion: '2024-10-21', deployment: 'my-gpt', maxRetries: 0 };
    const reporter = new InMemoryMetricsReporter();
    const monitor = new AIPerformanceMonitor({ metricsReporter: reporter });
    const bare = new AzureOpenAI({ ...azure, ...credentials });
    const measured = monitorOpenAI(bare, { monitor, provider: 'azure' });
    for (const client of [bare, measured, measured.withOptions({ timeout: 9 * 1000 })]) {
      await client.chat.completions.create(body);
    }
    const seen = server.requests.slice(-3).map(({ url, headers }) => [url, headers['api-key'], headers.authorization]);
    expect(seen[0]?.[0]).toBe('/openai/deployments/my-gpt/chat/completions?api-version=2024-10-21');
    expect(seen[1]).toEqual(seen[0]);
    expect(seen[2]).toEqual(seen[0]);
    expect(reporter.ended).toHaveLength(2);
    expect(reporter.ended[0]?.[1]).toMatchObject({ provider: 'azure', operation: 'chat', totalTokens: 19 });
  });

  test('a key that is a function is asked, and settings changed later go along', async () => {
    server.script(jsonAnswer(completion));
    const client = new OpenAI({ apiKey: () => Promise.resolve('fresh'), baseURL: 'http://127.0.0.1:1' });
    client.baseURL = server.url;
    const monitor = new AIPerformanceMonitor({ metricsReporter: new InMemoryMetricsReporter() });
    await monitorOpenAI(client, { monitor }).chat.completions.create(body);
    expect(server.requests.at(-1)?.headers.authorization).toBe('Bearer fresh');
  });
});

describe('what it refuses', () => {
  const monitor = new AIPerformanceMonitor({ metricsReporter: new InMemoryMetricsReporter() });

  test.each([
    ['nothing of a client', {}, 'fetch'],
    ['only chat', { chat: { completions: { create: () => undefined } } }, 'fetch'],
    [
      'a client without its inner request',
      { fetch, withOptions: () => undefined, prepareRequest: () => undefined },
      'makeRequest',
    ],
  ])('%s: the error names what is missing', (_title, client, missing) => {
    expect(() => monitorOpenAI(client, { monitor })).toThrow(new RegExp(`no ${missing}`));
  });

  test('a missing monitor is named', () => {
    const client = new SDKS[1]!.OpenAI({ apiKey: 'k' });
    expect(() => monitorOpenAI(client, {} as MonitorOpenAIOptions)).toThrow(/monitor/);
  });
});
