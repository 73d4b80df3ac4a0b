import { AIPerformanceMonitor } from '../../../src/monitor/AIPerformanceMonitor.js';
import { correlationIdOf } from '../../../src/monitor/correlationIds.js';
import { withAttribution } from '../../../src/monitor/withAttribution.js';
import { OpenAIClientAdapter } from '../../../src/openai/OpenAIClientAdapter.js';
import { InMemoryMetricsReporter } from '../../../src/reporters/InMemoryMetricsReporter.js';
import { APIS, streamed } from '../../helpers/apis.js';
import { clientPair, settled } from '../../helpers/measuredClient.js';
import { completion, jsonAnswer } from '../../helpers/openaiAnswers.js';
import { startScriptedServer, type ScriptedServer } from '../../helpers/scriptedServer.js';
import { SDKS } from '../../helpers/sdks.js';

const body = { model: 'gpt-4o-mini', messages: [{ role: 'user' as const, content: 'Hi' }] };
const chatStream = streamed(APIS[0]!);
const refusal = { status: 503, headers: { 'retry-after-ms': '30' }, steps: ['{}'] };

let server: ScriptedServer;
beforeAll(async () => {
  server = await startScriptedServer();
});
afterAll(async () => {
  await server.close();
});

describe.each(SDKS)('$version: the id of a call is known from', ({ OpenAI }) => {
  const set = (options = {}) => clientPair(OpenAI, { baseURL: server.url, ...options });

  test('its answer, without a trace on it', async () => {
    server.script(jsonAnswer(completion));
    const { bare, measured, reporter } = set();

    const answer = await measured.chat.completions.create(body);

    expect(correlationIdOf(answer)).toBe(reporter.ended[0]?.[1].correlationId);
    expect(Reflect.ownKeys(answer)).toEqual(Reflect.ownKeys(await bare.chat.completions.create(body)));
  });

  test('what parse() makes of its answer', async () => {
    server.script(jsonAnswer(completion));
    const { measured, reporter } = set();

    const answer = await measured.chat.completions.parse(body);

    expect(correlationIdOf(answer)).toBe(reporter.ended[0]?.[1].correlationId);
  });

  test('its stream, before the first event', async () => {
    server.script(chatStream);
    const { measured, reporter } = set();

    const stream = await measured.chat.completions.create({ ...body, stream: true });

    expect(correlationIdOf(stream)).toBe(reporter.events[0]?.[1].correlationId);
    stream.controller.abort();
  });

  test('a stream helper and its final answer', async () => {
    server.script(chatStream);
    const { measured, reporter } = set();

    const helper = measured.chat.completions.stream(body);
    const answer = await helper.finalChatCompletion();

    const id = reporter.ended[0]?.[1].correlationId;
    expect([correlationIdOf(helper), correlationIdOf(answer)]).toEqual([id, id]);
  });

  test('the helper of a response and its final answer', async () => {
    server.script(streamed(APIS[1]!));
    const { measured, reporter } = set();

    const helper = measured.responses.stream({ model: 'gpt-4.1', input: 'Hi' });
    const answer = await helper.finalResponse();

    const id = reporter.ended[0]?.[1].correlationId;
    expect([correlationIdOf(helper), correlationIdOf(answer)]).toEqual([id, id]);
  });

  test('its response', async () => {
    server.script(jsonAnswer(completion));
    const { measured, reporter } = set();

    const { response } = await measured.chat.completions.create(body).withResponse();

    expect(correlationIdOf(response)).toBe(reporter.ended[0]?.[1].correlationId);
  });

  test('its error', async () => {
    server.script({ ...refusal, status: 401 });
    const { measured, reporter } = set();

    const error: unknown = await measured.chat.completions.create(body).catch((thrown: unknown) => thrown);

    expect(reporter.names.at(-1)).toBe('ai_request_error');
    expect(correlationIdOf(error)).toBe(reporter.ended[0]?.[1].correlationId);
  });

  test('and not from what comes of an unmeasured one', async () => {
    server.script(jsonAnswer(completion));
    expect(correlationIdOf(await set().bare.chat.completions.create(body))).toBeUndefined();
  });
});

describe.each(SDKS)('$version', ({ OpenAI }) => {
  test('a call within withAttribution is counted for its labels, those of the client going before', async () => {
    server.script(jsonAnswer(completion));
    const { measured, reporter } = clientPair(OpenAI, { baseURL: server.url }, { attribution: { app: 'shop' } });

    await withAttribution({ app: 'other', feature: 'search' }, () => measured.chat.completions.create(body));

    expect(reporter.ended[0]?.[1].attribution).toEqual({ app: 'shop', feature: 'search' });
  });

  test('a retry tells the time from the start of the attempt that failed to its own', async () => {
    server.script(refusal, refusal, jsonAnswer(completion));
    const { measured, reporter } = clientPair(OpenAI, { baseURL: server.url, maxRetries: 2 });

    await measured.chat.completions.create(body);
    await settled(reporter);

    const lost = reporter.metricsOf('ai_attempt').map(({ lostMs }) => lostMs);
    const [end] = reporter.ended;
    expect(lost).toEqual([undefined, expect.any(Number), expect.any(Number)]);
    // The server asks for a wait of 30 ms; timers may be a millisecond early.
    expect(Math.min(...lost.slice(1).map(Number))).toBeGreaterThanOrEqual(29);
    expect(Number(lost[1]) + Number(lost[2])).toBeLessThanOrEqual(end![1].duration);
  });
});

test('the id of a call is known from what the adapter resolves to', async () => {
  server.script(jsonAnswer(completion));
  const { bare } = clientPair(SDKS[0]!.OpenAI, { baseURL: server.url });
  const reporter = new InMemoryMetricsReporter();
  const performanceMonitor = new AIPerformanceMonitor({ metricsReporter: reporter });
  const adapter = new OpenAIClientAdapter({ openAIClient: bare, performanceMonitor });

  const answer = await adapter.sendJsonMessage(body.messages, { model: body.model, correlationId: 'mine' });

  expect(correlationIdOf(answer)).toBe('mine');
  expect(performanceMonitor.recordOutcome({ correlationId: 'mine', outcome: 'accepted' })).toBe('matched');
});
