import zlib from 'node:zlib';
import { httpCall, type HttpCall } from '../../helpers/httpCall.js';
import { chunk, head, startRawUpstream, type RawUpstream } from '../../helpers/rawUpstream.js';
import { until } from '../../helpers/until.js';
import { startGateway, type RunningGateway } from '../../helpers/withGateway.js';

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
  gateway.lines.length = 0;
});

const USAGE = '"usage":{"prompt_tokens":9,"completion_tokens":12,"total_tokens":21}';

/** Makes a call that is answered like this, and tells how it was recorded. */
async function ended(
  path: string,
  answer: Uint8Array,
  fields: readonly [string, string][],
  call: HttpCall = {},
): Promise<unknown> {
  const length: [string, string] = ['content-length', String(answer.length)];
  upstream.script = (socket) => void socket.write(Buffer.concat([head('200 OK', [...fields, length]), answer]));
  const headers = { 'content-type': 'application/json', ...call.headers };
  const { body } = await httpCall(`${gateway.url}/v1${path}`, { body: '{"model":"m"}', ...call, headers });
  expect(body.equals(answer)).toBe(true);
  await until(() => gateway.reporter.ended.length > 0, 'the end of the call');
  expect(gateway.reporter.inFlight).toBe(0);
  expect(gateway.reporter.ended).toHaveLength(1);
  return { event: gateway.reporter.ended[0]![0], ...gateway.reporter.ended[0]![1] };
}

const JSON_TYPE: [string, string] = ['content-type', 'application/json'];
const bomb = zlib.gzipSync(Buffer.from(`{${USAGE},"padding":"${'x'.repeat(20_000_000)}"}`));

test.each([
  ['in one string', Buffer.from(`{${USAGE},"padding":"${'x'.repeat(9_000_000)}"}`), [JSON_TYPE]],
  ['in many numbers', Buffer.from(`{"data":[{"embedding":[${'1,'.repeat(5_000_000)}1]}],${USAGE}}`), [JSON_TYPE]],
  ['when decoded', bomb, [JSON_TYPE, ['content-encoding', 'gzip']]],
] as [string, Buffer, [string, string][]][])(
  'the usage of an answer of megabytes is found: %s',
  async (_name, answer, fields) => {
    expect(await ended('/chat/completions', answer, fields)).toMatchObject({
      event: 'ai_request_complete',
      totalTokens: 21,
      usageMissing: null,
    });
  },
);

test.each([
  ['that is no JSON', Buffer.from('{'), [JSON_TYPE]],
  ['that is not compressed as it says', Buffer.from(`{${USAGE}}`), [JSON_TYPE, ['content-encoding', 'gzip']]],
  ['cut in its compression', zlib.gzipSync(`{${USAGE}}`).subarray(0, 30), [JSON_TYPE, ['content-encoding', 'gzip']]],
  ['compressed as nobody knows', Buffer.from(`{${USAGE}}`), [JSON_TYPE, ['content-encoding', 'x-new']]],
] as [string, Buffer, [string, string][]][])(
  'an answer %s passes, and its usage is unknown',
  async (_name, answer, fields) => {
    expect(await ended('/chat/completions', answer, fields)).toMatchObject({
      event: 'ai_request_complete',
      totalTokens: null,
      usageMissing: 'unreadable',
    });
  },
);

test('an answer without a type passes, and has told no usage', async () => {
  expect(await ended('/chat/completions', Buffer.from(`{${USAGE}}`), [])).toMatchObject({
    event: 'ai_request_complete',
    totalTokens: null,
    usageMissing: 'not_sent',
  });
});

test('a compressed stream that can not be read is no failed call', async () => {
  const fields: [string, string][] = [
    ['content-type', 'text/event-stream'],
    ['content-encoding', 'x-new'],
  ];
  const call = { body: '{"model":"m","stream":true}' };
  expect(await ended('/responses', Buffer.from('anything'), fields, call)).toMatchObject({
    event: 'ai_stream_complete',
    usageMissing: 'unreadable',
  });
});

test('an answer that tells in a 200 that it failed is a failed call', async () => {
  const answer = Buffer.from('{"object":"response","status":"failed","error":{"code":"server_error"},"model":"m"}');
  expect(await ended('/responses', answer, [JSON_TYPE])).toMatchObject({
    event: 'ai_request_error',
    errorType: 'server_error',
  });
});

test('to retrieve an answer counts none of its tokens a second time', async () => {
  const answer = Buffer.from(`{"object":"response","status":"completed",${USAGE}}`);
  expect(await ended('/responses/resp_1', answer, [JSON_TYPE], { method: 'GET', body: '' })).toMatchObject({
    event: 'ai_request_complete',
    operation: 'other',
    totalTokens: null,
    usageMissing: null,
  });
});

test('rate limits and the SDK’s count of retries belong to the attempt', async () => {
  const fields: [string, string][] = [
    JSON_TYPE,
    ['x-ratelimit-limit-requests', '100'],
    ['x-ratelimit-remaining-requests', '99'],
    ['x-ratelimit-reset-requests', '1s'],
  ];
  await ended('/embeddings', Buffer.from('{}'), fields, { headers: { 'x-stainless-retry-count': '1' } });

  expect(gateway.reporter.metricsOf('ai_attempt')).toEqual([
    expect.objectContaining({
      httpStatus: 200,
      retryReason: 'unknown',
      rateLimits: { requests: { limit: 100, remaining: 99, resetSeconds: 1 } },
    }),
  ]);
});

test('a call has one line in the log, with its id, sizes, times and outcome, and a measured overhead', async () => {
  const recorded = await ended('/embeddings', Buffer.from('{}'), [JSON_TYPE]);

  const lines = gateway.lines.filter(({ message }) => message === 'Gateway call ended');
  expect(lines).toEqual([
    {
      level: 'debug',
      message: 'Gateway call ended',
      fields: {
        correlationId: (recorded as { correlationId: string }).correlationId,
        provider: 'openai',
        operation: 'embeddings',
        outcome: 'success',
        httpStatus: 200,
        requestBytes: 13,
        responseBytes: 2,
        headersMs: expect.any(Number) as number,
        durationMs: expect.any(Number) as number,
      },
    },
  ]);
  expect(gateway.reporter.calls).toEqual([
    { type: 'timing', name: 'promptmeter_gateway_overhead_ms', value: expect.any(Number) as number, tags: {} },
  ]);
});

test('the first token is marked when its bytes are passed on, and not by what comes before', async () => {
  let write: (text: string) => void = () => undefined;
  upstream.script = (socket) => {
    write = (text) => void socket.write(chunk(Buffer.from(text)));
    socket.write(
      head('200 OK', [
        ['content-type', 'text/event-stream'],
        ['transfer-encoding', 'chunked'],
      ]),
    );
  };
  const received: string[] = [];
  const answer = fetch(`${gateway.url}/v1/chat/completions`, { method: 'POST', body: '{"model":"m","stream":true}' });
  const reader = (await answer).body!.pipeThrough(new TextDecoderStream()).getReader();
  const next = async (): Promise<void> => void received.push((await reader.read()).value ?? '');
  const marks = (): number => gateway.reporter.metricsOf('ai_stream_first_token').length;

  write('data: {"choices":[{"index":0,"delta":{"role":"assistant","content":""}}]}\n\n');
  await next();
  expect(marks()).toBe(0);
  write('data: {"choices":[{"index":0,"delta":{"content":"Hi"}}]}\n\n');
  await next();
  expect(marks()).toBe(1);
  write('data: {"choices":[{"index":0,"delta":{"content":"!"}}]}\n\n');
  await next();
  expect(marks()).toBe(1);
  await reader.cancel();
  expect(received).toHaveLength(3);
});
