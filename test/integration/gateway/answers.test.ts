import { httpCall, seen } from '../../helpers/httpCall.js';
import { startPlainServer } from '../../helpers/plainServer.js';
import { chunk, head, LAST_CHUNK, startRawUpstream, type RawUpstream } from '../../helpers/rawUpstream.js';
import { post, rawClient } from '../../helpers/rawClient.js';
import { until } from '../../helpers/until.js';
import { startGateway, type RunningGateway } from '../../helpers/withGateway.js';

let upstream: RawUpstream;
let gateway: RunningGateway;

const answerEmpty: RawUpstream['script'] = (socket) => void socket.end(head('200 OK', [['content-length', '0']]));

beforeAll(async () => {
  upstream = await startRawUpstream(answerEmpty);
  gateway = await startGateway(upstream.baseUrl);
});

afterAll(async () => {
  await gateway.gateway.close(0);
  await upstream.close();
});

beforeEach(() => {
  gateway.reporter.reset();
  upstream.requests.length = 0;
  upstream.script = answerEmpty;
});

describe('the answer reaches the client', () => {
  test('with the same headers, duplicates and case', async () => {
    const fields = [
      ['Set-Cookie', 'a=1'],
      ['set-cookie', 'b=2'],
      ['X-Request-ID', 'req_1'],
      ['X-Latin', 'caf\xe9'],
      ['openai-processing-ms', '12'],
      ['Content-Type', 'application/json'],
      ['Content-Length', '2'],
    ] as const;
    upstream.script = (socket) => void socket.end(Buffer.concat([head('200 OK', fields), Buffer.from('{}')]));

    const answer = await httpCall(`${gateway.url}/v1/models`, { method: 'GET' });

    expect(answer.headers).toEqual(fields.map(([name, value]) => `${name}: ${value}`));
  });

  test.each([1, 256, 8 * 1024, 8 * 1024 + 1, 100_000])(
    'with the same bytes, whatever they are: %d of them',
    async (length) => {
      const body = Buffer.from(Array.from({ length }, (_, at) => at % 256));
      const fields = [
        ['X-Latin', 'caf\xe9'],
        ['Content-Length', String(length)],
      ] as const;
      upstream.script = (socket) => void socket.end(Buffer.concat([head('200 OK', fields), body]));

      expect(await httpCall(`${gateway.url}/v1/files/1/content`, { method: 'GET' })).toMatchObject({
        headers: ['X-Latin: caf\xe9', `Content-Length: ${length}`],
        body,
        whole: true,
      });
    },
  );

  test('without headers about the upstream’s connection', async () => {
    const fields = [
      ['Connection', 'X-Hop, close'],
      ['X-Hop', '1'],
      ['Keep-Alive', 'timeout=5'],
      ['Proxy-Authenticate', 'Basic'],
      ['Content-Length', '0'],
    ] as const;
    upstream.script = (socket) => void socket.end(head('200 OK', fields));

    expect((await httpCall(`${gateway.url}/v1/models`, { method: 'GET' })).headers).toEqual(['Content-Length: 0']);
  });

  test.each([
    ['201 Created', 'GET'],
    ['204 No Content', 'DELETE'],
    ['301 Moved Permanently', 'GET'],
    ['304 Not Modified', 'GET'],
    ['200 Quite Well, Thanks', 'GET'],
    ['299 ', 'GET'],
    ['418 I am a teapot', 'POST'],
  ])('with its status: %s', async (status, method) => {
    upstream.script = (socket) =>
      void socket.end(
        head(status, [
          ['location', 'http://elsewhere/'],
          ['x', 'y'],
          ['connection', 'close'],
        ]),
      );

    const direct = await httpCall(`${upstream.baseUrl}/x`, { method });
    const through = await httpCall(`${gateway.url}/v1/x`, { method });

    expect(seen(through)).toEqual(seen(direct));
    expect(upstream.requests).toHaveLength(2);
  });

  test('to HEAD without a body and with the length that GET would have', async () => {
    upstream.script = (socket) => void socket.end(head('200 OK', [['content-length', '1234']]));

    const answer = await httpCall(`${gateway.url}/v1/models`, { method: 'HEAD' });

    expect(answer).toMatchObject({ status: 200, headers: ['content-length: 1234'], whole: true });
    expect(answer.body).toHaveLength(0);
  });

  test('with its trailers', async () => {
    upstream.script = (socket) => {
      const fields = [
        ['Transfer-Encoding', 'chunked'],
        ['Trailer', 'X-Sum'],
      ] as const;
      socket.end(
        Buffer.concat([head('200 OK', fields), chunk(Buffer.from('body')), Buffer.from('0\r\nX-Sum: abc\r\n\r\n')]),
      );
    };

    const answer = await httpCall(`${gateway.url}/v1/models`, { method: 'GET' });

    expect(answer).toMatchObject({
      headers: ['Trailer: X-Sum'],
      trailers: ['X-Sum', 'abc'],
      body: Buffer.from('body'),
    });
  });

  test('after 103 (Early Hints), which is left out', async () => {
    upstream.script = (socket) =>
      void socket.end(
        Buffer.concat([head('103 Early Hints', [['link', '<x>']]), head('200 OK', [['content-length', '0']])]),
      );
    expect(await httpCall(`${gateway.url}/v1/models`, { method: 'GET' })).toMatchObject({ status: 200, whole: true });
  });

  test('that ends with the connection, whole', async () => {
    upstream.script = (socket) =>
      void socket.end(Buffer.concat([head('200 OK', [['x', 'y']]), Buffer.from('until the end')]));
    expect(await httpCall(`${gateway.url}/v1/models`, { method: 'GET' })).toMatchObject({
      whole: true,
      body: Buffer.from('until the end'),
    });
  });

  test('headers at once and each event at once, before the next is there', async () => {
    let write: (bytes: Buffer) => void = () => undefined;
    upstream.script = (socket) => {
      write = (bytes) => void socket.write(bytes);
      write(
        head('200 OK', [
          ['content-type', 'text/event-stream'],
          ['transfer-encoding', 'chunked'],
        ]),
      );
    };
    const client = await rawClient(gateway.port, post('/v1/chat/completions', '{"model":"m","stream":true}'));

    await client.gets('content-type: text/event-stream');
    for (const each of ['data: {"n":1}\n\n', ': keep-alive\n\n', 'data: {"n":2}\n\n']) {
      write(chunk(Buffer.from(each)));
      await client.gets(each);
    }
    write(LAST_CHUNK);
    await client.gets('0\r\n\r\n');
    client.socket.destroy();
  });

  test('of HTTP/1.0 without chunks, and reset when it is cut', async () => {
    upstream.script = (socket) => {
      socket.write(Buffer.concat([head('200 OK', [['transfer-encoding', 'chunked']]), chunk(Buffer.from('part'))]));
      setTimeout(() => socket.destroy(), 20);
    };
    const client = await rawClient(gateway.port, 'GET /v1/models HTTP/1.0\r\nhost: x\r\n\r\n');
    let failed: Error | undefined;
    client.socket.on('error', (error) => {
      failed = error;
    });

    expect(await client.closed()).toMatch(/\r\n\r\npart$/);
    expect(failed).toMatchObject({ code: 'ECONNRESET' });
  });

  test('with an id of its own, the same as in the events, and not the upstream’s', async () => {
    upstream.script = (socket) =>
      void socket.end(
        head('200 OK', [
          ['x-promptmeter-id', 'other'],
          ['content-length', '0'],
        ]),
      );

    const answers = await Promise.all([1, 2].map(async () => httpCall(`${gateway.url}/v1/models`, { method: 'GET' })));

    await until(() => gateway.reporter.ended.length === 2, 'both calls to end');
    const recorded = gateway.reporter.ended.map(([, { correlationId }]) => correlationId);
    expect(answers.map(({ id }) => id).sort()).toEqual(recorded.sort());
    expect(new Set(recorded).size).toBe(2);
  });

  test('before it has read the whole request, and the client is not cut off', async () => {
    const early = await startPlainServer(head('413 Payload Too Large', [['content-length', '0']]));
    const own = await startGateway(`http://127.0.0.1:${early.port}/v1`);
    const body = Buffer.alloc(8 * 1024 * 1024, 'x');

    const answer = await httpCall(`${own.url}/v1/files`, { body, headers: { 'content-type': 'application/pdf' } });

    expect(answer).toMatchObject({ status: 413, whole: true });
    await own.gateway.close(0);
    await early.close();
  });
});
