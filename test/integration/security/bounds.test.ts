import { setTimeout as wait } from 'node:timers/promises';
import { rawClient, type RawClient } from '../../helpers/rawClient.js';
import { head, startRawUpstream, type RawUpstream } from '../../helpers/rawUpstream.js';
import { until } from '../../helpers/until.js';
import { withExporter } from '../../helpers/withExporter.js';
import { startGateway, type RunningGateway } from '../../helpers/withGateway.js';

const TIMES = { headersMs: 150, requestMs: 300, checkMs: 20 };
const BEGIN = 'POST /v1/embeddings HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n';

let upstream: RawUpstream;
let gateway: RunningGateway;

beforeAll(async () => {
  upstream = await startRawUpstream((socket) => void socket.write(head('200 OK', [['content-length', '0']])));
  gateway = await startGateway(upstream.baseUrl, { clientTimeouts: TIMES, maxBodyBytes: 1000 });
});
afterAll(async () => {
  await gateway.gateway.close(0);
  await upstream.close();
});
beforeEach(() => {
  upstream.requests.length = 0;
  gateway.reporter.reset();
});

/** Sends one more byte every now and then, for as long as anyone listens. */
async function drip({ socket }: RawClient, byte: string): Promise<void> {
  while (!socket.destroyed) {
    socket.write(byte);
    await wait(20);
  }
}

describe('a client that sends drop by drop (slow loris) is told so and let go', () => {
  test.each([
    ['nothing', '', ''],
    ['its request line', 'GET /v1/', 'a'],
    ['its headers', 'GET /v1/models HTTP/1.1\r\nhost: x\r\nx: ', 'y'],
    ['header after header', 'GET /v1/models HTTP/1.1\r\nhost: x\r\n', 'a: b\r\n'],
    ['a body with a length', `${BEGIN}content-length: 900\r\n\r\n`, ' '],
    ['a body in chunks', `${BEGIN}transfer-encoding: chunked\r\n\r\n`, '1\r\n \r\n'],
  ])('in %s, by the gateway', async (_name, first, drop) => {
    const client = await rawClient(gateway.port, first);
    await drip(client, drop);
    expect(await client.closed()).toMatch(/^HTTP\/1\.1 408 [^]*"code":"request_timeout"/);
    expect(upstream.requests).toEqual([]);
    await until(() => gateway.reporter.inFlight === 0, 'nothing to be in flight');
  });

  test.each([
    ['its headers', 'GET /metrics HTTP/1.1\r\nhost: x\r\nx: ', 'y'],
    [
      'a body',
      'POST /alerts HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 900\r\n\r\n',
      ' ',
    ],
  ])('in %s, by the exporter, which answers others meanwhile', async (_name, first, drop) => {
    await withExporter({ requestTimeouts: TIMES }, async ({ port, url }) => {
      const clients = await Promise.all(Array.from({ length: 20 }, () => rawClient(port, first)));
      const dripping = clients.map((client) => drip(client, drop));
      expect((await fetch(`${url}/metrics`)).status).toBe(200);
      await Promise.all(dripping);
      for (const client of clients) expect(await client.closed()).toMatch(/^HTTP\/1\.1 408 /);
    });
  });
});

describe('what is too large is refused before it is held', () => {
  test.each([
    ['a body that says so', `${BEGIN}content-length: 1001\r\nconnection: close\r\n\r\n${' '.repeat(1001)}`],
    [
      'a body in chunks',
      `${BEGIN}transfer-encoding: chunked\r\nconnection: close\r\n\r\n${`64\r\n${' '.repeat(100)}\r\n`.repeat(11)}0\r\n\r\n`,
    ],
  ])('%s, with 413 and what to do', async (_name, bytes) => {
    const answer = await (await rawClient(gateway.port, bytes)).closed();
    expect(answer).toMatch(/^HTTP\/1\.1 413 [^]*raise gateway\.maxBodyMegabytes/);
    expect(upstream.requests).toEqual([]);
  });

  test.each([
    ['a header', `x: ${'y'.repeat(33_000)}\r\n`],
    ['many headers', 'x-abcdefgh: 0123456789\r\n'.repeat(1_900)],
    ['a target', ''],
  ])('%s of more than 32 KB, with 431 and what to do', async (_name, fields) => {
    const target = fields === '' ? `/v1/${'a'.repeat(33_000)}` : '/v1/models';
    const answer = await (await rawClient(gateway.port, `GET ${target} HTTP/1.1\r\nhost: x\r\n${fields}\r\n`)).closed();
    expect(answer).toMatch(/^HTTP\/1\.1 431 [^]*send fewer or shorter ones/);
    expect(upstream.requests).toEqual([]);
  });
});
