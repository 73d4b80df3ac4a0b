import type WebSocket from 'ws';
import { startRealtimeApi, type RealtimeApi, type SessionScript } from '../../helpers/realtimeApi.js';
import { begun, done, error, say, thenClose, thenCut } from '../../helpers/realtimeScripts.js';
import { startRawUpstream } from '../../helpers/rawUpstream.js';
import { until } from '../../helpers/until.js';
import { webSocketClient } from '../../helpers/webSocketClient.js';
import { startGateway, type RunningGateway } from '../../helpers/withGateway.js';

let api: RealtimeApi;
let gateway: RunningGateway;

beforeEach(async () => {
  api = await startRealtimeApi(() => undefined);
  gateway = await startGateway(api.baseUrl);
});

afterEach(async () => {
  await gateway.gateway.close(0);
  await api.close();
});

const open = (path?: string, port = gateway.port) => webSocketClient(port, path);

async function ended(): Promise<Record<string, unknown>> {
  await until(() => gateway.reporter.ended.length > 0, 'the end of the call');
  expect(gateway.reporter.ended).toHaveLength(1);
  expect(gateway.reporter.inFlight).toBe(0);
  return { event: gateway.reporter.ended[0]![0], ...gateway.reporter.ended[0]![1] };
}

const SUCCESS = { event: 'ai_request_complete', usageMissing: null };
const failed = (errorType: string, fields: object = {}) => ({ event: 'ai_request_error', errorType, ...fields });

describe('how the upstream ends a session', () => {
  test.each<[string, SessionScript, number, object]>([
    ['it closes normally', thenClose(say(begun, done()), 1000), 1000, { ...SUCCESS, promptTokens: 100 }],
    ['it goes away', thenClose(say(), 1001), 1001, SUCCESS],
    ['it closes without a code', thenClose(say()), 1005, SUCCESS],
    ['it closes because of its own error', thenClose(say(), 1011), 1011, failed('server_error')],
    ['it closes because it is overloaded', thenClose(say(), 1013), 1013, failed('overloaded')],
    ['it closes because of what the client sent', thenClose(say(), 1008), 1008, failed('invalid_request')],
    ['it closes for a reason of its own', thenClose(say(), 4001), 4001, failed('stream_error')],
    ['it closes after an error', thenClose(say(error('invalid_api_key')), 3000), 3000, failed('authentication')],
    ['it closes normally after an error', thenClose(say(error('session_expired')), 1000), 1000, failed('stream_error')],
    ['it closes after an error that it got over', thenClose(say(error('x'), begun, done()), 1000), 1000, SUCCESS],
    [
      'it is cut',
      thenCut(say(begun, done())),
      1006,
      failed('stream_interrupted', { promptTokens: 100, usageMissing: null }),
    ],
    [
      'it is cut within an answer',
      thenCut(say(begun, done(), begun)),
      1006,
      failed('stream_interrupted', { promptTokens: 100, usageMissing: 'stream_interrupted' }),
    ],
    [
      'it closes within an answer',
      thenClose(say(begun), 1000),
      1000,
      { ...SUCCESS, promptTokens: null, usageMissing: 'aborted' },
    ],
    [
      'an answer comes without usage',
      thenClose(say(begun, done({ usage: null })), 1000),
      1000,
      { ...SUCCESS, usageMissing: 'not_sent' },
    ],
    ['an answer failed', thenClose(say(begun, done({ status: 'failed', usage: null })), 1000), 1000, SUCCESS],
    [
      'an answer was cut short',
      thenClose(say(done({ status: 'incomplete', status_details: { reason: 'max_output_tokens' } })), 1000),
      1000,
      { ...SUCCESS, finishReasons: ['length'] },
    ],
    [
      'it calls a tool',
      thenClose(say(done({ output: [{ type: 'function_call' }] })), 1000),
      1000,
      { ...SUCCESS, finishReasons: ['tool_calls'] },
    ],
    [
      'it sends garbage',
      thenClose((socket) => {
        socket.send('{');
        socket.send(Buffer.from([1, 2]));
        say(done())(socket, api.requests[0]!);
      }, 1000),
      1000,
      { ...SUCCESS, promptTokens: 100 },
    ],
    [
      'an answer is larger than what is held',
      thenClose(say(done({ output: [{ content: 'x'.repeat(5_000_000) }] })), 1000),
      1000,
      { ...SUCCESS, promptTokens: 100 },
    ],
  ])('%s', async (_name, script, code, recorded) => {
    api.script = script;
    const session = open();

    expect(await session.closed()).toEqual({ code });
    expect(await ended()).toMatchObject(recorded);
  });

  test('it is reset', async () => {
    api.script = (_socket, request) => void request.socket.resetAndDestroy();

    expect(await open().closed()).toEqual({ code: 1006 });
    expect(await ended()).toMatchObject(failed('stream_interrupted'));
  });
});

describe('how the client ends a session', () => {
  const within: SessionScript = say(begun, done(), begun);

  test.each<[string, (socket: WebSocket) => void, object]>([
    ['it closes', (socket) => socket.close(1000), { event: 'ai_request_complete', usageMissing: 'aborted' }],
    [
      'it closes for a reason of its own',
      (socket) => socket.close(4000),
      { event: 'ai_request_complete', usageMissing: 'aborted' },
    ],
    ['it goes away', (socket) => socket.terminate(), { event: 'ai_request_aborted', usageMissing: 'aborted' }],
  ])('%s', async (_name, leave, recorded) => {
    api.script = within;
    const { socket, received, closed } = open();
    await until(() => received.length === 3, 'the events');

    leave(socket);

    await closed();
    expect(await ended()).toMatchObject({ ...recorded, promptTokens: 100 });
    await until(() => api.sockets.size === 0, 'the upstream to be told');
  });

  test('it goes away before the upstream answers', async () => {
    const silent = await startRawUpstream(() => undefined);
    const own = await startGateway(silent.baseUrl);
    const { socket } = open('/v1/realtime', own.port);
    await until(() => silent.requests.length === 1, 'the request');

    socket.terminate();

    await until(() => silent.inUse.size === 0, 'the upstream to be told');
    expect(own.reporter.ended.map(([name]) => name)).toEqual(['ai_request_aborted']);
    expect(own.reporter.inFlight).toBe(0);
    await own.gateway.close(0);
    await silent.close();
  });
});

test('a session in which nothing happens is ended, and so is a request that is not answered', async () => {
  const own = await startGateway(api.baseUrl, { timeoutSeconds: 0.3 });
  const silent = await startRawUpstream(() => undefined);
  const waiting = await startGateway(silent.baseUrl, { timeoutSeconds: 0.3 });

  expect(await open('/v1/realtime', own.port).closed()).toEqual({ code: 1001 });
  expect(await open('/v1/realtime', waiting.port).closed()).toMatchObject({ status: 504 });

  expect(own.reporter.metricsOf('ai_request_error')).toEqual([expect.objectContaining({ errorType: 'timeout' })]);
  expect(waiting.reporter.metricsOf('ai_request_error')).toEqual([expect.objectContaining({ errorType: 'timeout' })]);
  await Promise.all([own.gateway.close(0), waiting.gateway.close(0), silent.close()]);
});

test('a gateway that shuts down ends its sessions and says so', async () => {
  api.script = say(begun, done(), begun);
  const { received, closed } = open();
  await until(() => received.length === 3, 'the events');

  await gateway.gateway.close(0);

  expect(await closed()).toEqual({ code: 1001 });
  expect(await ended()).toMatchObject(
    failed('stream_interrupted', { promptTokens: 100, usageMissing: 'stream_interrupted' }),
  );
});
