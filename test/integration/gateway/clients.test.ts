import { API_CALLS, type ApiCall } from '../../helpers/apiAnswers.js';
import { healthyAnswer } from '../../helpers/healthyAnswer.js';
import { chunk, head, startRawUpstream, type RawScript, type RawUpstream } from '../../helpers/rawUpstream.js';
import { post, rawClient, type RawClient } from '../../helpers/rawClient.js';
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
  upstream.requests.length = 0;
});

const WAYS: readonly (readonly [string, (client: RawClient) => void])[] = [
  ['closes its connection', ({ socket }) => socket.destroy()],
  ['resets its connection', ({ socket }) => socket.resetAndDestroy()],
  ['ends its side of the connection', ({ socket }) => socket.end()],
];

describe.each(API_CALLS)('$name', (call) => {
  const request = post(`/v1${call.path}`, call.body);
  const aborted = `ai_${call.stream ? 'stream' : 'request'}_aborted`;

  test.each(WAYS)('a client that %s before the answer aborts the call at the upstream', async (_way, leave) => {
    upstream.script = () => undefined;
    const client = await rawClient(gateway.port, request);
    await until(() => upstream.requests.length === 1, 'the request at the upstream');

    leave(client);

    await expectEnd(aborted, { usageMissing: 'aborted', totalTokens: null });
    expect(gateway.reporter.metricsOf('ai_attempt')).toEqual([expect.not.objectContaining({ httpStatus: 200 })]);
  });

  test.each(WAYS)('a client that %s within the answer aborts the call at the upstream', async (_way, leave) => {
    upstream.script = firstPieces(call, 1);
    const client = await rawClient(gateway.port, request);
    await client.gets(call.pieces(false)[0]!.slice(0, 40));

    leave(client);

    await expectEnd(aborted, { usageMissing: 'aborted', totalTokens: null });
    expect(gateway.reporter.metricsOf('ai_attempt')).toEqual([expect.objectContaining({ httpStatus: 200 })]);
  });

  test('a client that leaves within its request leaves an aborted call, and nothing reaches the upstream', async () => {
    const client = await rawClient(gateway.port, request.slice(0, -5));
    client.socket.end();

    await until(() => gateway.reporter.ended.length === 1, 'the end of the call');
    expect(gateway.reporter.ended[0]![0]).toBe('ai_request_aborted');
    expect(gateway.reporter.inFlight).toBe(0);
    expect(upstream.requests).toHaveLength(0);
  });

  test('a body longer than its Content-Length is one call, and no second request comes of the rest', async () => {
    upstream.script = () => undefined;
    const client = await rawClient(gateway.port, `${request}{"and":"more"}`);

    expect(await client.closed()).toContain('"code":"bad_request"');
    await until(() => gateway.reporter.ended.length > 0, 'the end of the call');
    expect(gateway.reporter.ended).toEqual([[aborted, expect.anything()]]);
    expect(gateway.reporter.inFlight).toBe(0);
  });
});

const [, chatStream, , responsesStream] = API_CALLS;

test.each([
  ['chat', chatStream!],
  ['responses', responsesStream!],
])('a client of %s that leaves at the last event has a whole stream', async (_name, call) => {
  const count = call.pieces(true).length;
  upstream.script = firstPieces(call, count);
  const client = await rawClient(gateway.port, post(`/v1${call.path}`, call.body));
  await client.gets(call.path === '/responses' ? 'response.completed' : '[DONE]');

  client.socket.destroy();

  await expectEnd('ai_stream_complete', { totalTokens: 21, usageMissing: null });
});

test('a client that leaves because of an error event has a failed call', async () => {
  upstream.script = (socket) => {
    socket.write(
      Buffer.concat([
        head('200 OK', [
          ['content-type', 'text/event-stream'],
          ['transfer-encoding', 'chunked'],
        ]),
        chunk(Buffer.from('data: {"error":{"message":"x","type":"server_error","code":null}}\n\n')),
      ]),
    );
  };
  const client = await rawClient(gateway.port, post('/v1/chat/completions', chatStream!.body));
  await client.gets('server_error');

  client.socket.destroy();

  await expectEnd('ai_stream_error', { errorType: 'server_error' });
});

function firstPieces(call: ApiCall, count: number): RawScript {
  return (socket, request) => {
    const answer = healthyAnswer(call, request);
    socket.write(Buffer.concat([answer.head, ...answer.pieces.slice(0, count)]));
  };
}

async function expectEnd(name: string, fields: object): Promise<void> {
  await until(() => upstream.inUse.size === 0, 'the connection to the upstream to close');
  expect(gateway.reporter.ended).toEqual([[name, expect.objectContaining(fields) as object]]);
  expect(gateway.reporter.inFlight).toBe(0);
}
