import { once } from 'node:events';
import net from 'node:net';
import { OpenAIRealtimeWS as Realtime6 } from 'openai/realtime/ws';
import { OpenAIRealtimeWS as Realtime5 } from 'openai5/realtime/ws';
import { OpenAIRealtimeWS as Realtime7 } from 'openai7/realtime/ws';
import OpenAI from 'openai';
import { ResponsesWS } from 'openai/resources/responses/ws';
import type WebSocket from 'ws';
import { AIPerformanceMonitor } from '../../../src/monitor/AIPerformanceMonitor.js';
import { createPriceBook } from '../../../src/pricing/createPriceBook.js';
import { InMemoryMetricsReporter } from '../../../src/reporters/InMemoryMetricsReporter.js';
import { startRealtimeApi, talks, type RealtimeApi } from '../../helpers/realtimeApi.js';
import { done, say, thenClose, USAGE } from '../../helpers/realtimeScripts.js';
import { until } from '../../helpers/until.js';
import { webSocketClient } from '../../helpers/webSocketClient.js';
import { startGateway, type RunningGateway } from '../../helpers/withGateway.js';

let api: RealtimeApi;
let gateway: RunningGateway;
let reporter: InMemoryMetricsReporter;

beforeEach(async () => {
  api = await startRealtimeApi(() => undefined);
  reporter = new InMemoryMetricsReporter();
  const monitor = new AIPerformanceMonitor({ metricsReporter: reporter, priceBook: createPriceBook() });
  gateway = await startGateway(api.baseUrl, {
    monitor,
    upstreams: [{ name: 'other', baseUrl: api.baseUrl }],
  });
});

afterEach(async () => {
  await gateway.gateway.close(0);
  await api.close();
});

const USAGES = [
  USAGE,
  {
    total_tokens: 240,
    input_tokens: 180,
    output_tokens: 60,
    input_token_details: {
      text_tokens: 80,
      audio_tokens: 100,
      cached_tokens: 90,
      cached_tokens_details: { text_tokens: 50, audio_tokens: 40 },
    },
    output_token_details: { text_tokens: 20, audio_tokens: 40 },
  },
];

/** https://platform.openai.com/docs/pricing, gpt-realtime: text 4, 0.40 cached, 16; audio 32, 0.40 cached, 64. */
const COST = (40 * 4 + 60 * 32 + 10 * 16 + 40 * 64 + 30 * 4 + 50 * 0.4 + 60 * 32 + 40 * 0.4 + 20 * 16 + 40 * 64) / 1e6;

async function ended(): Promise<Record<string, unknown>> {
  await until(() => reporter.ended.length > 0, 'the end of the call');
  expect(reporter.ended).toHaveLength(1);
  expect(reporter.inFlight).toBe(0);
  return { event: reporter.ended[0]![0], ...reporter.ended[0]![1] };
}

const REALTIMES = [
  ['openai 5', Realtime5 as unknown as typeof Realtime6],
  ['openai 6', Realtime6],
  ['openai 7', Realtime7 as unknown as typeof Realtime6],
] as const;

/** The SDK asks for TLS whatever the base URL says; the gateway of this test has none. */
const options: WebSocket.ClientOptions = {
  createConnection: net.connect,
  headers: { 'x-promptmeter-app': 'shop' },
};

describe.each(REALTIMES)('%s', (_version, Realtime) => {
  test('a session has the events that it has without the gateway, and is one call with the sum of its answers', async () => {
    const events = async (baseURL: string): Promise<unknown[]> => {
      api.script = talks(USAGES);
      const client = new OpenAI({ apiKey: 'sk-test', baseURL });
      const session = new Realtime({ model: 'gpt-realtime', options }, client);
      const seen: unknown[] = [];
      session.on('error', (error) => seen.push(error));
      session.on('event', (event) => {
        seen.push(event);
        if (event.type === 'session.created') session.send({ type: 'response.create' });
        if (event.type === 'response.done' && seen.length < 9) session.send({ type: 'response.create' });
        else if (event.type === 'response.done') session.close();
      });
      await once(session.socket, 'close');
      return seen;
    };

    const direct = await events(api.baseUrl);
    const through = await events(`${gateway.url}/v1`);

    expect(direct).toHaveLength(9);
    expect(through).toEqual(direct);
    expect(await ended()).toMatchObject({
      event: 'ai_request_complete',
      operation: 'realtime',
      provider: 'openai',
      model: 'gpt-realtime',
      responseModel: 'gpt-realtime-2025-08-28',
      attribution: { app: 'shop' },
      promptTokens: 280,
      completionTokens: 110,
      totalTokens: 390,
      tokenDetails: { cached_prompt: 90, audio_prompt: 160, audio_completion: 80, cached_audio_prompt: 40 },
      finishReasons: ['stop', 'stop'],
      usageMissing: null,
      unpriced: false,
      costUsd: expect.closeTo(COST, 12) as number,
    });
    expect(reporter.metricsOf('ai_attempt')).toEqual([expect.objectContaining({ httpStatus: 101 })]);
    const [bare, passed] = api.requests;
    expect(passed!.headers.authorization).toBe('Bearer sk-test');
    expect(passed!.url).toBe(bare!.url);
    expect(passed!.headers['x-promptmeter-app']).toBeUndefined();
  });
});

test('no extension is offered to the upstream, so that frames stay readable; subprotocols and keys in them are', async () => {
  api.script = thenClose(say(done()), 1000);
  const key = 'openai-insecure-api-key.sk-browser';
  const { socket, closed } = webSocketClient(gateway.port, '/v1/realtime?model=m', ['realtime', key]);
  await closed();

  expect(socket.protocol).toBe('realtime');
  const { headers } = api.requests[0]!;
  expect(headers['sec-websocket-protocol']).toBe(`realtime,${key}`);
  expect(headers['sec-websocket-extensions']).toBeUndefined();
  expect(JSON.stringify(gateway.lines)).not.toContain('sk-browser');
});

test.each([
  [
    '/other/v1/realtime?model=gpt-realtime-mini',
    { provider: 'other', model: 'gpt-realtime-mini', operation: 'realtime' },
  ],
  ['/v1/realtime?api-version=1&deployment=mine', { model: 'mine', operation: 'realtime' }],
  ['/v1/realtime?call_id=c', { model: 'gpt-realtime-2025-08-28', operation: 'realtime' }],
  ['/v1/elsewhere', { operation: 'other' }],
])('%s is counted for its upstream, model and operation', async (path, recorded) => {
  api.script = thenClose(talks([]), 1000);
  await webSocketClient(gateway.port, path).closed();

  expect(await ended()).toMatchObject(recorded);
});

test('transcripts of what the user said are billed at the price of their own model, and are none of the session’s tokens', async () => {
  const session = { model: 'gpt-realtime', audio: { input: { transcription: { model: 'whisper-1' } } } };
  const type = 'conversation.item.input_audio_transcription.completed';
  api.script = thenClose(
    say(
      { type: 'session.updated', session },
      { type, transcript: 'x', usage: { type: 'duration', seconds: 30 } },
      done(),
    ),
    1000,
  );
  await webSocketClient(gateway.port).closed();

  const ofAnswer = (40 * 4 + 60 * 32 + 10 * 16 + 40 * 64) / 1e6;
  expect(await ended()).toMatchObject({ totalTokens: 150, costUsd: expect.closeTo(ofAnswer + 0.003, 12) as number });
});

test('responses over a WebSocket are one call with the sum of its answers', async () => {
  const usage = { input_tokens: 10, output_tokens: 5, total_tokens: 15 };
  const response = { object: 'response', id: 'r', status: 'completed', model: 'gpt-4.1-2025-04-14', usage, output: [] };
  api.script = (socket) => {
    socket.on('message', () => {
      say(
        { type: 'response.created', response: { ...response, usage: null } },
        { type: 'response.completed', response },
      )(socket, api.requests[0]!);
    });
  };
  const session = new ResponsesWS(new OpenAI({ apiKey: 'sk-test', baseURL: `${gateway.url}/v1` }));
  let answers = 0;
  session.on('response.completed', () => {
    answers += 1;
    if (answers === 2) session.close();
    else session.send({ type: 'response.create', model: 'gpt-4.1', input: 'Hi' });
  });
  session.on('error', () => undefined);
  session.send({ type: 'response.create', model: 'gpt-4.1', input: 'Hi' });

  expect(await ended()).toMatchObject({
    event: 'ai_request_complete',
    operation: 'responses',
    model: 'gpt-4.1-2025-04-14',
    totalTokens: 30,
    finishReasons: ['stop', 'stop'],
    costUsd: expect.closeTo((20 * 2 + 10 * 8) / 1e6, 12) as number,
  });
});
