import { connect } from 'node:net';
import { head, startRawUpstream, type RawUpstream } from '../../helpers/rawUpstream.js';
import { samples, texts } from '../../helpers/fuzz.js';
import { until } from '../../helpers/until.js';
import { withExporter } from '../../helpers/withExporter.js';
import { startGateway } from '../../helpers/withGateway.js';

/** Requests cut up and put together again: methods, targets, headers, lengths, codings, bodies. */
const PIECES = [
  ...[
    'GET ',
    'POST ',
    'PUT ',
    'OPTIONS ',
    'CONNECT ',
    'PRI ',
    'get ',
    ' HTTP/1.1\r\n',
    ' HTTP/1.0\r\n',
    ' HTTP/2.0\r\n',
    ' HTTP/1.1\n',
  ],
  ...[
    '/v1/chat/completions',
    '/v1/models',
    '/metrics',
    '/alerts',
    '/outcomes',
    '/metrics/ai',
    '/healthz',
    '/%',
    '//',
    '*',
    '/v1/realtime',
    'http://x/v1',
    '/dashboards',
  ],
  ...[
    'host: x\r\n',
    'content-length: 2\r\n',
    'content-length: 99999999999999999999\r\n',
    'transfer-encoding: chunked\r\n',
    'connection: close\r\n',
    'connection: upgrade\r\nupgrade: websocket\r\n',
  ],
  ...[
    'sec-websocket-key: eA==\r\n',
    'expect: 100-continue\r\n',
    'content-type: application/json\r\n',
    'authorization: Bearer x\r\n',
    'x-promptmeter-app: \u00e9\r\n',
    'traceparent: 00-0-0-0\r\n',
    'content-encoding: gzip\r\n',
  ],
  ...[
    'a: b\r\n c\r\n',
    ': \r\n',
    'x\0y: z\r\n',
    '\r\n',
    '\r\n\r\n',
    '{}',
    '{"model":"m","stream":true}',
    '{"version":"4","alerts":[{}]}',
    '0\r\n\r\n',
    '2\r\n{}\r\n',
    'ffffffffffffffff\r\n',
    '\0',
    '\x16\x03\x01',
    '\u00ff'.repeat(100),
  ],
];
/** The beginning and the rest of requests that get further than most. */
const WHOLE = [
  'POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\n',
  'POST /alerts HTTP/1.1\r\nhost: x\r\n',
  'GET /v1/models HTTP/1.1\r\nhost: x\r\n',
  'PUT /reconciliation HTTP/1.1\r\nhost: x\r\n',
  '',
  '',
];

const inputs = (count: number): string[] => {
  const rest = samples(count, texts(PIECES, 8));
  return rest.map((text, at) => `${WHOLE[at % WHOLE.length] ?? ''}${text}`);
};

/** Sends it all, as one who sends no more; resolves once the connection is closed. */
function send(port: number, bytes: string): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.end(Buffer.from(bytes, 'latin1')));
    // A server may wait for what a request still owes; whoever asked has left by then.
    socket.setTimeout(50, () => socket.destroy());
    socket
      .on('error', () => undefined)
      .on('close', () => resolve())
      .resume();
  });
}

async function sendAll(port: number, all: readonly string[]): Promise<void> {
  const left = [...all];
  const sender = async (): Promise<void> => {
    for (let next = left.pop(); next !== undefined; next = left.pop()) await send(port, next);
  };
  await Promise.all(Array.from({ length: 50 }, sender));
}

test('3,000 connections full of nonsense: the gateway answers on, and nothing of them stays', async () => {
  const upstream: RawUpstream = await startRawUpstream(
    (socket) => void socket.write(head('200 OK', [['content-length', '0']])),
  );
  const { gateway, port, url, reporter, lines } = await startGateway(upstream.baseUrl);
  await sendAll(port, inputs(3_000));

  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  await until(() => reporter.inFlight === 0, 'nothing to be in flight');
  expect(reporter.ended.length).toBeGreaterThan(0);
  expect(lines.filter(({ level }) => level === 'error')).toEqual([]);
  for (const { target } of upstream.requests) expect(target).toMatch(/^\/v1/);
  await gateway.close(0);
  await upstream.close();
});

test('2,000 connections full of nonsense: the exporter answers on, and no page shows what was sent', async () => {
  await withExporter({ metricsToken: 'metrics-token', adminToken: 'admin-token' }, async ({ port, url, logger }) => {
    await sendAll(port, inputs(2_000));

    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect(await (await fetch(`${url}/alerts`)).json()).toEqual({ firing: [], resolved: [] });
    expect(logger.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });
});
