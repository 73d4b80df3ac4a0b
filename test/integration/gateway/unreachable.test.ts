import { API_CALLS } from '../../helpers/apiAnswers.js';
import { flushed, healthyAnswer } from '../../helpers/healthyAnswer.js';
import { httpCall } from '../../helpers/httpCall.js';
import { startPlainServer, type PlainServer } from '../../helpers/plainServer.js';
import { startRawUpstream, type RawUpstream } from '../../helpers/rawUpstream.js';
import { until } from '../../helpers/until.js';
import { startGateway, type RunningGateway } from '../../helpers/withGateway.js';

const TIMEOUT_SECONDS = 0.2;

let upstream: RawUpstream;
let gateway: RunningGateway;
let plain: PlainServer;

beforeAll(async () => {
  upstream = await startRawUpstream(() => undefined);
  plain = await startPlainServer('HTTP/1.1 400 Bad Request\r\n\r\n');
  const closed = await startRawUpstream(() => undefined);
  await closed.close();
  gateway = await startGateway(upstream.baseUrl, {
    timeoutSeconds: TIMEOUT_SECONDS,
    upstreams: [
      { name: 'refused', baseUrl: closed.baseUrl },
      { name: 'no-name', baseUrl: 'http://no-such-host.invalid/v1' },
      { name: 'no-tls', baseUrl: `https://127.0.0.1:${plain.port}/v1` },
    ],
  });
});

afterAll(async () => {
  await gateway.gateway.close(0);
  await upstream.close();
  await plain.close();
});

beforeEach(() => gateway.reporter.reset());

describe.each(API_CALLS)('$name', (call) => {
  const request = { headers: { 'content-type': 'application/json' }, body: call.body };
  const ended = `ai_${call.stream ? 'stream' : 'request'}_error`;

  test.each(['refused', 'no-name', 'no-tls'])(
    'an upstream that can not be reached (%s) gives 502 and what to do',
    async (name) => {
      const answer = await httpCall(`${gateway.url}/${name}/v1${call.path}`, request);

      expect(answer).toMatchObject({ status: 502, whole: true });
      expect(answer.headers).toContain('content-type: application/json');
      expect(JSON.parse(answer.body.toString())).toEqual({
        error: {
          message: expect.stringMatching(new RegExp(`"${name}" at http.*check that it runs`)) as string,
          type: 'server_error',
          param: null,
          code: 'upstream_unreachable',
        },
      });
      expectRecorded({ errorType: 'connection', provider: name });
    },
  );

  test('an upstream that does not begin to answer in time gives 504', async () => {
    upstream.script = () => undefined;

    const answer = await httpCall(`${gateway.url}/v1${call.path}`, request);

    expect(answer).toMatchObject({ status: 504, whole: true });
    expect(JSON.parse(answer.body.toString())).toMatchObject({ error: { code: 'upstream_timeout' } });
    expectRecorded({ errorType: 'timeout', provider: 'openai' });
    await until(() => upstream.inUse.size === 0, 'the connection to the upstream to close');
  });

  test('an upstream that falls silent within its answer breaks the answer off', async () => {
    const sent: Buffer[] = [];
    upstream.script = async (socket, received) => {
      const { head, pieces } = healthyAnswer(call, received);
      sent.push(
        ...call
          .pieces(false)
          .slice(0, 1)
          .map((piece) => Buffer.from(piece)),
      );
      await flushed(socket, Buffer.concat([head, ...pieces.slice(0, 1)]));
    };

    const answer = await httpCall(`${gateway.url}/v1${call.path}`, request);

    expect(answer).toMatchObject({ status: 200, whole: false, body: Buffer.concat(sent) });
    expectRecorded({ errorType: 'timeout', provider: 'openai' });
  });

  function expectRecorded(fields: object): void {
    const { reporter } = gateway;
    expect(reporter.ended).toEqual([[ended, expect.objectContaining({ ...fields, totalTokens: null }) as object]]);
    expect(reporter.inFlight).toBe(0);
    expect(reporter.metricsOf('ai_attempt')).toHaveLength(1);
  }
});

test('keys and prompts are in no error and in no log line', async () => {
  const secret = 'sk-secret-123';
  const request = {
    headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
    body: `{"model":"gpt-4o","messages":[{"role":"user","content":"prompt-${secret}"}]}`,
  };

  const answer = await httpCall(`${gateway.url}/refused/v1/chat/completions?key=${secret}`, request);

  expect(answer.status).toBe(502);
  expect(answer.body.toString()).not.toContain(secret);
  expect(gateway.lines.length).toBeGreaterThan(0);
  expect(JSON.stringify(gateway.lines)).not.toContain(secret);
});
