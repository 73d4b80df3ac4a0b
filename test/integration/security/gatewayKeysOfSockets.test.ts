import WebSocket from 'ws';
import { createKey, type NewKey } from '../../../src/gateway/keys/keyHash.js';
import { head, startRawUpstream, type RawUpstream } from '../../helpers/rawUpstream.js';
import { until } from '../../helpers/until.js';
import { webSocketClient, type SocketClosed } from '../../helpers/webSocketClient.js';
import { startGateway, type RunningGateway } from '../../helpers/withGateway.js';

let app: NewKey;
let upstream: RawUpstream;
let gateway: RunningGateway;

beforeAll(async () => {
  app = await createKey('app');
  // What it answers doesn't matter: that it was asked, and how, does.
  upstream = await startRawUpstream((socket) => void socket.end(head('418 Teapot', [['content-length', '0']])));
});
beforeEach(async () => {
  upstream.requests.length = 0;
  gateway = await startGateway(upstream.baseUrl, {
    access: {
      keys: [{ name: 'app', hash: app.hash, attribution: { app: 'voice' } }],
      upstreamKeys: new Map([['openai', 'sk-of-the-server']]),
    },
  });
});
afterEach(async () => {
  await gateway.gateway.close(0);
});
afterAll(async () => {
  await upstream.close();
});

const PATH = '/v1/realtime?model=gpt-realtime';
const withProtocols = async (...protocols: string[]): Promise<SocketClosed> =>
  await webSocketClient(gateway.port, PATH, protocols).closed();

async function withBearer(key: string): Promise<number> {
  const socket = new WebSocket(`ws://127.0.0.1:${gateway.port}${PATH}`, {
    headers: { authorization: `Bearer ${key}` },
  });
  let status = 0;
  socket
    .on('error', () => undefined)
    .on('unexpected-response', (_request, answer) => {
      status = answer.statusCode ?? 0;
      answer.destroy();
    });
  await until(() => status > 0, 'an answer');
  return status;
}

test.each<[string, () => Promise<unknown>]>([
  ['a bearer', () => withBearer(app.key)],
  ['a protocol, as browsers send it', () => withProtocols('realtime', `openai-insecure-api-key.${app.key}`)],
])('a WebSocket with a key in %s goes on with the key of the server, counted for its holder', async (_name, open) => {
  await open();

  const [request] = upstream.requests;
  expect(request?.headers['authorization']).toBe('Bearer sk-of-the-server');
  expect(JSON.stringify(upstream.requests)).not.toContain(app.key);
  await until(() => gateway.reporter.ended.length === 1, 'the end of the call');
  expect(gateway.reporter.ended[0]![1].attribution).toEqual({ app: 'voice' });
});

test('the other protocols that a client offers go on', async () => {
  await withProtocols('realtime', `openai-insecure-api-key.${app.key}`, 'openai-beta.realtime-v1');
  expect(upstream.requests[0]?.headers['sec-websocket-protocol']).toBe('realtime, openai-beta.realtime-v1');
});

test('a WebSocket without a valid key is refused with 401, and never reaches the upstream', async () => {
  expect(await withProtocols()).toMatchObject({
    status: 401,
    body: expect.stringContaining('"invalid_api_key"') as string,
  });
  expect(await withProtocols('realtime', 'openai-insecure-api-key.sk-x')).toMatchObject({ status: 401 });
  expect(await withBearer(`pm_app_${'A'.repeat(43)}`)).toBe(401);
  expect(upstream.requests).toEqual([]);
  expect(gateway.reporter.events).toEqual([]);
});
