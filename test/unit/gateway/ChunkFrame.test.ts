import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { ChunkFrame } from '../../../src/gateway/ChunkFrame.js';

/** The body that chunks of HTTP/1.1 hold. */
function unframed(bytes: Buffer): Buffer {
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.length;) {
    const end = bytes.indexOf('\r\n', at);
    const length = Number.parseInt(bytes.toString('latin1', at, end), 16);
    pieces.push(bytes.subarray(end + 2, end + 2 + length));
    expect(bytes.toString('latin1', end + 2 + length, end + 4 + length)).toBe('\r\n');
    at = end + 4 + length;
  }
  return Buffer.concat(pieces);
}

test('every answer gets its own bytes, whether its client takes them at once or late', async () => {
  const accepted: Socket[] = [];
  const server = createServer((socket) => accepted.push(socket)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const clients = await Promise.all(
    [0, 1, 2].map(async () => {
      const socket = connect(port, '127.0.0.1');
      await once(socket, 'connect');
      return socket;
    }),
  );
  while (accepted.length < clients.length) await turn();
  const got = clients.map((): Buffer[] => []);
  clients.forEach((client, at) => client.on('data', (bytes: Buffer) => got[at]?.push(bytes)));
  const frame = new ChunkFrame();
  const sent = accepted.map((): Buffer[] => []);
  for (const late of clients.slice(1)) late.pause();
  for (let round = 0; round < 2000; round += 1) {
    accepted.forEach((socket, at) => {
      const pieces = [Buffer.alloc((round * 97) % 9000, round + at), Buffer.from(`${at} ${round}`)];
      sent[at]?.push(...pieces);
      frame.write(socket, pieces);
    });
    if (round % 7 === 0) await turn();
  }
  for (const client of clients) client.resume();
  for (const socket of accepted) socket.end();
  await Promise.all(clients.map((client) => once(client, 'close')));
  server.close();
  got.forEach((bytes, at) => expect(unframed(Buffer.concat(bytes)).equals(Buffer.concat(sent[at] ?? []))).toBe(true));
});
