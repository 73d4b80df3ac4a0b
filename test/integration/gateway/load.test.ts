import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import OpenAI from 'openai';
import '../../helpers/oneRealm.js';
import { API_CALLS } from '../../helpers/apiAnswers.js';
import { collect } from '../../helpers/collect.js';
import { healthyAnswer, flushed } from '../../helpers/healthyAnswer.js';
import { httpCall } from '../../helpers/httpCall.js';
import { chunk, head, startRawUpstream, type RawUpstream } from '../../helpers/rawUpstream.js';
import { post, rawClient } from '../../helpers/rawClient.js';
import { until } from '../../helpers/until.js';
import { startGateway, type RunningGateway } from '../../helpers/withGateway.js';

const MEGABYTE = 1024 * 1024;

let upstream: RawUpstream;
let gateway: RunningGateway;

beforeAll(async () => {
  upstream = await startRawUpstream(() => undefined);
  gateway = await startGateway(upstream.baseUrl);
});

afterAll(async () => {
  await gateway.gateway.close(0);
  await upstream.close();
});

beforeEach(() => {
  gateway.reporter.reset();
  upstream.requests.length = 0;
});

const [, chat] = API_CALLS;

test('200 streams at once all come whole, and each is recorded', async () => {
  let began = 0;
  upstream.script = async (socket, request) => {
    const { head: start, pieces, end } = healthyAnswer(chat!, request);
    socket.write(start);
    began += 1;
    // None goes on before all have begun, so that all run at once.
    await until(() => began === 200, 'all streams to begin');
    for (const piece of pieces) await flushed(socket, piece);
    socket.write(end);
  };
  const client = new OpenAI({ apiKey: 'sk-test', baseURL: `${gateway.url}/v1`, maxRetries: 0 });

  const texts = await Promise.all(
    Array.from({ length: 200 }, async () => {
      const stream = await client.chat.completions.create({ model: 'gpt-4o', messages: [], stream: true });
      return (await collect(stream)).map(({ choices }) => choices[0]?.delta.content ?? '').join('');
    }),
  );

  expect(texts).toEqual(Array(200).fill('Grüße, 日本 🎉'));
  // The client is through at `[DONE]`, before its answers' ends.
  await until(() => gateway.reporter.inFlight === 0, 'all to be recorded');
  expect(gateway.reporter.metricsOf('ai_stream_complete').map(({ totalTokens }) => totalTokens)).toEqual(
    Array(200).fill(21),
  );
});

test('a JSON body of 50 MB arrives byte for byte, and its model is known', async () => {
  upstream.script = (socket) => void socket.write(head('200 OK', [['content-length', '0']]));
  const body = Buffer.from(`{"model":"gpt-4o","input":"${'a'.repeat(50 * MEGABYTE)}"}`);

  const answer = await httpCall(`${gateway.url}/v1/responses`, {
    headers: { 'content-type': 'application/json' },
    body,
  });

  expect(answer.status).toBe(200);
  expect(upstream.requests[0]!.body.equals(body)).toBe(true);
  expect(gateway.reporter.ended.map(([, { model }]) => model)).toEqual(['gpt-4o']);
});

describe('a body over the limit', () => {
  const limited = async (use: (small: RunningGateway) => Promise<void>): Promise<void> => {
    const small = await startGateway(upstream.baseUrl, { maxBodyBytes: 1000 });
    await use(small);
    expect(small.reporter.ended).toEqual([
      [
        'ai_request_error',
        expect.objectContaining({ operation: 'chat', errorType: 'invalid_request', httpStatus: 413 }),
      ],
    ]);
    expect(small.reporter.inFlight).toBe(0);
    expect(upstream.requests).toHaveLength(0);
    await small.gateway.close(0);
  };

  test.each([
    ['that says so', {}],
    ['that does not say so', { 'transfer-encoding': 'chunked' }],
  ])('%s gets 413 and what to do, and reaches no upstream', async (_name, headers) => {
    await limited(async ({ url }) => {
      const answer = await httpCall(`${url}/v1/chat/completions`, {
        headers: { 'content-type': 'application/json', ...headers },
        body: Buffer.alloc(5 * MEGABYTE, ' '),
      });

      expect(answer).toMatchObject({ status: 413, whole: true });
      expect(JSON.parse(answer.body.toString())).toEqual({
        error: {
          message: expect.stringContaining('raise gateway.maxBodyMegabytes') as string,
          type: 'invalid_request_error',
          param: null,
          code: 'request_too_large',
        },
      });
    });
  });

  test('is not even asked for when the client waits for 100 (Continue)', async () => {
    await limited(async ({ port }) => {
      const asks = post('/v1/chat/completions', '', ['Expect: 100-continue']).replace(
        'content-length: 0',
        'content-length: 5000',
      );
      const client = await rawClient(port, asks);
      const received = await client.closed();
      expect(received).toMatch(/^HTTP\/1\.1 413 /);
    });
  });
});

test('a client that reads nothing stops the upstream, which goes on once it reads', async () => {
  const total = 64 * MEGABYTE;
  const piece = chunk(Buffer.alloc(MEGABYTE, 'x'));
  let written = 0;
  let blocked = false;
  upstream.script = async (socket) => {
    socket.write(
      head('200 OK', [
        ['content-type', 'text/event-stream'],
        ['transfer-encoding', 'chunked'],
      ]),
    );
    while (written < total) {
      written += MEGABYTE;
      if (!socket.write(piece)) {
        blocked = true;
        await once(socket, 'drain');
        blocked = false;
      }
    }
    socket.end('0\r\n\r\n');
  };
  const client = await rawClient(gateway.port);
  client.socket.pause();
  client.socket.write(post('/v1/responses', '{"stream":true,"model":"m"}'));

  await until(() => blocked, 'the upstream to be held back');
  expect(await settledAt(() => written)).toBeLessThan(total / 2);

  let read = 0;
  client.socket.on('data', (bytes) => {
    read += bytes.length;
  });
  client.socket.resume();
  await until(() => read > total, 'the rest to come');
  client.socket.destroy();
  expect(written).toBe(total);
});

test('an upstream that reads nothing stops the client’s upload', async () => {
  const deaf = createServer().listen(0, '127.0.0.1');
  await once(deaf, 'listening');
  const baseUrl = `http://127.0.0.1:${(deaf.address() as AddressInfo).port}/v1`;
  const own = await startGateway(baseUrl, { timeoutSeconds: 1.5 });
  const total = 64 * MEGABYTE;
  const start = `POST /v1/files HTTP/1.1\r\nhost: x\r\ncontent-length: ${total}\r\n\r\n`;
  const client = await rawClient(own.port, start);
  for (let sent = 0; sent < total; sent += MEGABYTE) client.socket.write(Buffer.alloc(MEGABYTE));

  await until(() => client.socket.bytesWritten > MEGABYTE, 'the upload to begin');
  expect(await settledAt(() => client.socket.writableLength)).toBeGreaterThan(total / 2);

  // Nobody reads from the client now, so that even its leaving is not seen before the time is over.
  client.socket.destroy();
  await until(() => own.reporter.ended.length === 1, 'the end of the call');
  expect(own.reporter.ended[0]).toEqual(['ai_request_error', expect.objectContaining({ errorType: 'timeout' })]);
  await own.gateway.close(0);
  deaf.close();
});

/** Where a number comes to rest: its value once it did not change for a hundred looks. */
async function settledAt(look: () => number): Promise<number> {
  let value = look();
  for (let same = 0; same < 100; same += 1) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    if (look() !== value) same = 0;
    value = look();
  }
  return value;
}
