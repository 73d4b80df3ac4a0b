import { API_CALLS } from '../../helpers/apiAnswers.js';
import { healthyAnswer } from '../../helpers/healthyAnswer.js';
import { startRawUpstream, type RawUpstream } from '../../helpers/rawUpstream.js';
import { post, rawClient } from '../../helpers/rawClient.js';
import { until } from '../../helpers/until.js';
import { startGateway, type RunningGateway } from '../../helpers/withGateway.js';
import { MissingServiceError } from '../../../src/errors.js';

let upstream: RawUpstream;
let gateway: RunningGateway;

beforeEach(async () => {
  upstream = await startRawUpstream(() => undefined);
  gateway = await startGateway(upstream.baseUrl);
});

afterEach(async () => {
  await gateway.gateway.close(0);
  await upstream.close();
});

const [json, stream] = API_CALLS;
const LONG = 60_000;

test('closing lets a running stream finish, and refuses new connections', async () => {
  let finish: () => void = () => undefined;
  upstream.script = (socket, request) => {
    const answer = healthyAnswer(stream!, request);
    socket.write(Buffer.concat([answer.head, answer.pieces[0]!]));
    finish = () => void socket.write(Buffer.concat([...answer.pieces.slice(1), answer.end]));
  };
  const client = await rawClient(gateway.port, post('/v1/chat/completions', stream!.body));
  await client.gets('assistant');

  const closing = gateway.gateway.close(LONG);
  await expect(rawClient(gateway.port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  expect(gateway.reporter.inFlight).toBe(1);
  finish();

  expect(await client.closed()).toMatch(/\[DONE\]\n\n\r\n0\r\n\r\n$/);
  await closing;
  expect(gateway.reporter.ended.map(([name]) => name)).toEqual(['ai_stream_complete']);
});

test('closing does not wait for idle connections', async () => {
  upstream.script = (socket, request) => {
    const { head, pieces } = healthyAnswer(json!, request);
    socket.write(Buffer.concat([head, ...pieces]));
  };
  const used = await rawClient(gateway.port, post('/v1/chat/completions', json!.body));
  await used.gets('"total_tokens":21');
  const unused = await rawClient(gateway.port);

  await gateway.gateway.close(LONG);

  await used.closed();
  await unused.closed();
});

test('a call whose answer is whole is recorded as that before closing is done, its attempt too', async () => {
  upstream.script = (socket, request) => {
    const { head, pieces } = healthyAnswer(json!, request);
    socket.write(Buffer.concat([head, ...pieces]));
  };
  const client = await rawClient(gateway.port, post('/v1/chat/completions', json!.body));
  await client.gets('"total_tokens":21');
  client.socket.destroy();

  await gateway.gateway.close(0);

  expect(gateway.reporter.ended.map(([name]) => name)).toEqual(['ai_request_complete']);
  expect(gateway.reporter.metricsOf('ai_attempt')).toMatchObject([{ httpStatus: 200 }]);
});

test('answers that begin while closing tell the client to close its connection', async () => {
  let answer: () => void = () => undefined;
  upstream.script = (socket, request) => {
    const { head, pieces } = healthyAnswer(json!, request);
    answer = () => void socket.write(Buffer.concat([head, ...pieces]));
  };
  const client = await rawClient(gateway.port, post('/v1/chat/completions', json!.body));
  await until(() => upstream.requests.length === 1, 'the request at the upstream');

  const closing = gateway.gateway.close(LONG);
  answer();

  expect(await client.closed()).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*connection: close\r\n/i);
  await closing;
});

test.each([
  ['in one go', 20],
  ['when told so while it waits', LONG],
])('what runs longer is cut and recorded: %s', async (_name, drainMs) => {
  upstream.script = (socket, request) => {
    const answer = healthyAnswer(stream!, request);
    if (request.body.includes('"stream":true'))
      socket.write(Buffer.concat([answer.head, ...answer.pieces.slice(0, 2)]));
  };
  const begun = await rawClient(gateway.port, post('/v1/chat/completions', stream!.body));
  await begun.gets('Gr');
  const waiting = await rawClient(gateway.port, post('/v1/chat/completions', json!.body));
  await until(() => upstream.requests.length === 2, 'both requests at the upstream');

  const closing = gateway.gateway.close(drainMs);
  if (drainMs === LONG) await gateway.gateway.close(0);
  await closing;

  expect(await begun.closed()).not.toContain('\r\n0\r\n\r\n');
  expect(await waiting.closed()).toMatch(/^HTTP\/1\.1 503 [^]*connection: close[^]*"code":"gateway_shutting_down"/i);
  expect(gateway.reporter.inFlight).toBe(0);
  const ends = gateway.reporter.ended.map(([name, metrics]) => [name, 'errorType' in metrics && metrics.errorType]);
  expect(ends.sort()).toEqual([
    ['ai_request_error', 'connection'],
    ['ai_stream_error', 'stream_interrupted'],
  ]);
});

test('a port in use is refused in one sentence that names it and the variable', async () => {
  const second = startGateway(upstream.baseUrl, { port: gateway.port });

  await expect(second).rejects.toThrow(MissingServiceError);
  await expect(second).rejects.toThrow(
    `Port ${gateway.port} on 127.0.0.1 is in use; stop what uses it or set PROMPTMETER_GATEWAY_PORT to another port, 0 for a free one.`,
  );
});

test('an address of another machine is refused in one sentence that names the variable', async () => {
  await expect(startGateway(upstream.baseUrl, { host: '192.0.2.1' })).rejects.toThrow(/192\.0\.2\.1.*PROMPTMETER_HOST/);
});
