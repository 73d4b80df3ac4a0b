import { httpCall } from '../../helpers/httpCall.js';
import { rawClient } from '../../helpers/rawClient.js';
import { startRawUpstream } from '../../helpers/rawUpstream.js';
import { startRealtimeApi, type RealtimeApi } from '../../helpers/realtimeApi.js';
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

const failed = (errorType: string, fields: object = {}) => ({ event: 'ai_request_error', errorType, ...fields });

describe('an upstream that does not open the WebSocket', () => {
  const body = '{"error":{"message":"no","type":"invalid_request_error","code":"invalid_api_key"}}';
  test.each<[string, string, object, object]>([
    [
      'refuses it',
      `HTTP/1.1 401 Unauthorized\r\ncontent-length: ${body.length}\r\nx-own: 1\r\n\r\n${body}`,
      { status: 401, body },
      failed('authentication', { httpStatus: 401 }),
    ],
    [
      'refuses it in chunks',
      'HTTP/1.1 429 Too Many\r\ntransfer-encoding: chunked\r\n\r\n2\r\nno\r\n0\r\n\r\n',
      { status: 429, body: 'no' },
      failed('rate_limit'),
    ],
    [
      'answers as if nothing was asked',
      'HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n',
      { status: 200 },
      failed('unknown'),
    ],
    [
      'opens something else',
      'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: h2c\r\n\r\n',
      { status: 502 },
      failed('connection'),
    ],
    [
      'opens it with an extension that was not offered',
      'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-extensions: permessage-deflate\r\n\r\n',
      { status: 502 },
      failed('connection'),
    ],
    ['answers no HTTP', 'SSH-2.0\r\n\r\n', { status: 502 }, failed('connection')],
  ])('%s', async (_name, answer, seen, recorded) => {
    const upstream = await startRawUpstream((socket) => void socket.write(answer));
    const own = await startGateway(upstream.baseUrl);

    expect(await open('/v1/realtime', own.port).closed()).toMatchObject(seen);

    await until(() => own.reporter.ended.length > 0, 'the end of the call');
    expect(own.reporter.ended.map(([event, metrics]) => ({ event, ...metrics }))).toEqual([
      expect.objectContaining(recorded),
    ]);
    expect(own.reporter.inFlight).toBe(0);
    await Promise.all([own.gateway.close(0), upstream.close()]);
  });

  test('is not there', async () => {
    const own = await startGateway('http://127.0.0.1:1/v1');

    const { status, body: told } = await open('/v1/realtime', own.port).closed();

    expect({ status, told }).toEqual({
      status: 502,
      told: expect.stringContaining('"upstream_unreachable"') as string,
    });
    expect(own.reporter.metricsOf('ai_attempt')).toEqual([expect.not.objectContaining({ httpStatus: 101 })]);
    expect(own.reporter.metricsOf('ai_request_error')).toEqual([expect.objectContaining({ errorType: 'connection' })]);
    await own.gateway.close(0);
  });
});

describe('what is no WebSocket', () => {
  const upgrade = (fields: string) =>
    `GET /v1/realtime HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\n${fields}\r\n\r\n`;

  test('a request for one at another path is refused with 404', async () => {
    expect((await open('/nothing').closed()).status).toBe(404);
    expect(gateway.reporter.ended).toEqual([]);
  });

  test('a request for one with a body is refused with 400, and nothing reaches the upstream', async () => {
    const client = await rawClient(gateway.port, upgrade('upgrade: websocket\r\ncontent-length: 5'));

    expect(await client.closed()).toMatch(/^HTTP\/1\.1 400 [^]*"code":"bad_request"/);
    expect(api.requests).toEqual([]);
  });

  test('a request that offers another protocol is answered as the ordinary one that it is, and so is the next', async () => {
    const echo = await startRawUpstream(
      (socket) => void socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok'),
    );
    const own = await startGateway(echo.baseUrl);
    const body = '{"model":"m"}';
    const fields = `upgrade: h2c\r\nhttp2-settings: AAA\r\ncontent-type: application/json\r\ncontent-length: ${body.length}`;
    const request = upgrade(fields).replace('GET', 'POST').replace('realtime', 'embeddings') + body;
    const client = await rawClient(own.port, request);
    await client.gets('\r\n\r\nok');
    client.socket.write(request);
    await until(() => own.reporter.ended.length === 2, 'both calls');

    expect(
      echo.requests.map(({ target, body: sent, headers }) => [target, sent.toString(), headers['upgrade']]),
    ).toEqual(Array(2).fill(['/v1/embeddings', body, undefined]));
    expect((await httpCall(`${own.url}/healthz`, { method: 'GET' })).status).toBe(200);
    client.socket.destroy();
    await Promise.all([own.gateway.close(0), echo.close()]);
  });

  test('a request for one sent behind another request that is not answered yet closes the connection', async () => {
    const silent = await startRawUpstream(() => undefined);
    const own = await startGateway(silent.baseUrl);
    const client = await rawClient(own.port, `GET /v1/a HTTP/1.1\r\nhost: x\r\n\r\n${upgrade('upgrade: websocket')}`);

    expect(await client.closed()).toBe('');
    await Promise.all([own.gateway.close(0), silent.close()]);
  });
});
