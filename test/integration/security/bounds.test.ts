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

describe('requests that come before the answers to others (pipelining) are taken up to a bound', () => {
  const many = 500;

  test('by the gateway: the upstream gets as many as are allowed, the next one is told so, and the connection closes', async () => {
    const held: (() => void)[] = [];
    upstream.script = (socket) => void held.push(() => void socket.write(head('200 OK', [['content-length', '0']])));
    const client = await rawClient(gateway.port, 'GET /v1/models HTTP/1.1\r\nhost: x\r\n\r\n'.repeat(many));
    await until(() => held.length === 32, 'calls at the upstream');
    for (const answer of held) answer();

    const answers = (await client.closed()).match(/HTTP\/1\.1 \d+/g) ?? [];
    expect(answers.filter((line) => line.endsWith('200'))).toHaveLength(32);
    expect(answers.filter((line) => line.endsWith('429'))).toHaveLength(1);
    expect(upstream.requests).toHaveLength(32);
    await until(() => gateway.reporter.inFlight === 0, 'nothing to be in flight');
    expect(gateway.reporter.ended).toHaveLength(32);
    upstream.script = (socket) => void socket.write(head('200 OK', [['content-length', '0']]));
  });

  test('by the exporter, which renders no more than that and closes the connection', async () => {
    await withExporter({}, async ({ port, url }) => {
      const client = await rawClient(port, 'GET /metrics HTTP/1.1\r\nhost: x\r\n\r\n'.repeat(many));
      const answers = (await client.closed()).match(/HTTP\/1\.1 \d+/g) ?? [];
      expect(answers.filter((line) => line.endsWith('200')).length).toBeLessThanOrEqual(32);
      expect(answers.at(-1)).toBe('HTTP/1.1 429');
      expect((await fetch(`${url}/metrics`)).status).toBe(200);
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

describe('connections past the bound are closed as they come, and others go on', () => {
  const HEALTH = 'GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n';

  test('by the gateway', async () => {
    const bounded = await startGateway(upstream.baseUrl, { maxConnections: 3 });
    try {
      const held = await Promise.all([1, 2, 3].map(() => rawClient(bounded.port)));
      for (let more = 0; more < 20; more += 1) expect(await (await rawClient(bounded.port, HEALTH)).closed()).toBe('');
      for (const { socket } of held) socket.write(HEALTH);
      for (const { gets } of held) await gets('200 OK');
      expect(bounded.lines.filter(({ level }) => level === 'warn')).toHaveLength(1);

      held[0]?.socket.destroy();
      const closing = HEALTH.replace('host: x', 'host: x\r\nconnection: close');
      let answer = '';
      for (let tries = 0; tries < 100 && answer === ''; tries += 1) {
        answer = await (await rawClient(bounded.port, closing)).closed();
      }
      expect(answer).toContain('200 OK');
    } finally {
      await bounded.gateway.close(0);
    }
  });

  test('by the exporter', async () => {
    await withExporter({ maxConnections: 2 }, async ({ port, logger }) => {
      const [first] = await Promise.all([rawClient(port), rawClient(port)]);
      expect(await (await rawClient(port, HEALTH)).closed()).toBe('');
      first.socket.write(HEALTH);
      await first.gets('200 OK');
      expect(logger.lines.map(({ message }) => message)).toEqual([expect.stringMatching(/closes others/)]);
    });
  });
});
