import { createHash } from 'node:crypto';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { frame, OPCODES } from '../../helpers/frames.js';
import { rawClient } from '../../helpers/rawClient.js';
import { startRawUpstream, type RawUpstream } from '../../helpers/rawUpstream.js';
import { until } from '../../helpers/until.js';
import { startGateway, type RunningGateway } from '../../helpers/withGateway.js';

const REQUEST =
  'GET /v1/realtime?model=m HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
  'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nX-Own: a\r\nX-Own: b\r\n\r\n';
const OPENED = 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nX-Told: 1\r\n\r\n';

let upstream: RawUpstream;
let gateway: RunningGateway;
let accepted: Socket;

beforeEach(async () => {
  upstream = await startRawUpstream((socket) => {
    accepted = socket.removeAllListeners('data');
    socket.write(OPENED);
  });
  gateway = await startGateway(upstream.baseUrl);
});

afterEach(async () => {
  await gateway.gateway.close(0);
  await upstream.close();
});

/** Text, binary, in parts, empty, with pings between, as a conversation has them. */
function frames(masked: boolean): Buffer {
  const text = Buffer.from('{"type":"x","text":"héllo ✓"}');
  const binary = Buffer.from(Array.from({ length: 100_000 }, (_, i) => (i * 7) % 256));
  return Buffer.concat([
    frame(OPCODES.text, text, { masked }),
    frame(OPCODES.binary, binary, { masked, final: false }),
    frame(OPCODES.ping, Buffer.from('p'), { masked }),
    frame(OPCODES.continuation, binary, { masked }),
    frame(OPCODES.text, Buffer.alloc(0), { masked }),
    frame(OPCODES.close, Buffer.from([3, 232]), { masked }),
  ]);
}

const sha = (text: string): string => createHash('sha256').update(text, 'latin1').digest('hex');

test('both directions have the same bytes as without the gateway', async () => {
  const fromClient: Buffer[] = [];
  const client = await rawClient(gateway.port, REQUEST);
  await client.gets('\r\n\r\n');
  accepted.on('data', (chunk) => fromClient.push(chunk)).on('end', () => accepted.end());
  const sent = { client: frames(true), upstream: frames(false) };

  client.socket.write(sent.client);
  accepted.write(sent.upstream);
  const isWhole = (): boolean => client.received().length >= OPENED.length + sent.upstream.length;
  await until(() => isWhole() && Buffer.concat(fromClient).length >= sent.client.length, 'all bytes');

  expect(sha(Buffer.concat(fromClient).toString('latin1'))).toBe(sha(sent.client.toString('latin1')));
  const [head = '', ...rest] = client.received().split('\r\n\r\n');
  expect(sha(rest.join('\r\n\r\n'))).toBe(sha(sent.upstream.toString('latin1')));
  expect(head.split('\r\n').slice(0, -1)).toEqual([
    'HTTP/1.1 101 Switching Protocols',
    'connection: Upgrade',
    'upgrade: websocket',
    'X-Told: 1',
  ]);
  expect(upstream.requests[0]!.rawHeaders.join(' ')).toMatch(/X-Own a X-Own b$/);
  client.socket.destroy();
});

test('bytes that come with the handshake, on either side, are passed on', async () => {
  const early = frame(OPCODES.text, Buffer.from('early'), { masked: true });
  const first = frame(OPCODES.text, Buffer.from('first'));
  const fromClient: Buffer[] = [];
  upstream.script = (socket) => {
    socket.removeAllListeners('data').on('data', (chunk) => fromClient.push(chunk));
    socket.write(Buffer.concat([Buffer.from(OPENED), first]));
  };
  const client = await rawClient(gateway.port, Buffer.concat([Buffer.from(REQUEST), early]));

  await client.gets(first.toString('latin1'));
  await until(() => Buffer.concat(fromClient).equals(early), 'what the client sent early');
  client.socket.destroy();
});

test('a client that does not read holds its upstream back, and gets everything once it does', async () => {
  const client = await rawClient(gateway.port, REQUEST);
  await client.gets('\r\n\r\n');
  client.socket.pause();
  const piece = frame(OPCODES.binary, Buffer.alloc(1024 * 1024));
  const pieces = 64;
  let written = 0;
  const write = (): void => {
    while (written < pieces) {
      written += 1;
      if (!accepted.write(piece)) {
        accepted.once('drain', write);
        return;
      }
    }
  };

  write();
  let before = -1;
  while (before !== written) {
    before = written;
    await sleep(200);
  }
  expect(written).toBeLessThan(pieces);

  let received = 0;
  client.socket.removeAllListeners('data').on('data', (chunk: Buffer) => {
    received += chunk.length;
  });
  client.socket.resume();
  await until(() => received === pieces * piece.length, 'everything');
  client.socket.destroy();
});
