import type { ErrorType } from '../../../src/call/errorType.js';
import type { UsageMissingReason } from '../../../src/call/usage.js';
import { API_CALLS, type ApiCall } from '../../helpers/apiAnswers.js';
import { flushed, healthyAnswer, type HealthyAnswer } from '../../helpers/healthyAnswer.js';
import { httpCall, seen } from '../../helpers/httpCall.js';
import {
  chunk,
  head,
  LAST_CHUNK,
  startRawUpstream,
  type RawScript,
  type RawUpstream,
} from '../../helpers/rawUpstream.js';
import { until } from '../../helpers/until.js';
import { startGateway, type RunningGateway } from '../../helpers/withGateway.js';

interface Recorded {
  readonly errorType?: ErrorType;
  readonly httpStatus?: number;
  /** Why usage is missing; null where it is not missed; `known` where it is there. */
  readonly usage: UsageMissingReason | 'known' | null;
}

interface Fault {
  readonly name: string;
  readonly only?: 'json' | 'stream';
  readonly script: (call: ApiCall) => RawScript;
  readonly recorded: (call: ApiCall) => Recorded;
  /** What the client sees where it can't be the same as without the gateway. */
  readonly client?: { readonly status: number; readonly code: string };
}

const error = (code: string | null, type = 'invalid_request_error'): string =>
  JSON.stringify({ error: { message: 'something', type, param: null, code } });

const answerError =
  (status: string, body: string): RawScript =>
  (socket) => {
    const length = String(Buffer.byteLength(body));
    const fields = [
      ['content-type', 'application/json'],
      ['retry-after', '1'],
      ['content-length', length],
    ] as const;
    socket.end(Buffer.concat([head(status, fields), Buffer.from(body)]));
  };

const httpErrors: readonly [string, string, ErrorType][] = [
  ['400 Bad Request', error(null), 'invalid_request'],
  ['400 Bad Request', error('context_length_exceeded'), 'context_length'],
  ['400 Bad Request', error('content_filter'), 'content_filter'],
  ['401 Unauthorized', error('invalid_api_key'), 'authentication'],
  ['403 Forbidden', error(null), 'permission'],
  ['404 Not Found', error('model_not_found'), 'not_found'],
  ['409 Conflict', error(null), 'invalid_request'],
  ['422 Unprocessable Entity', error(null), 'invalid_request'],
  ['429 Too Many Requests', error('rate_limit_exceeded', 'requests'), 'rate_limit'],
  ['429 Too Many Requests', error('insufficient_quota', 'insufficient_quota'), 'quota_exceeded'],
  ['500 Internal Server Error', error(null, 'server_error'), 'server_error'],
  ['502 Bad Gateway', '<html>not JSON</html>', 'server_error'],
  ['503 Service Unavailable', error(null, 'service_unavailable_error'), 'overloaded'],
  ['529 Overloaded', error('overloaded_error'), 'overloaded'],
];

/** Writes a healthy answer's head and first pieces, lets them reach the client, and then does something else. */
const afterPieces =
  (count: (answer: HealthyAnswer) => number, then: RawScript) =>
  (call: ApiCall): RawScript =>
  async (socket, request) => {
    const answer = healthyAnswer(call, request);
    await flushed(socket, Buffer.concat([answer.head, ...answer.pieces.slice(0, count(answer))]));
    await then(socket, request);
  };

const none = (): number => 0;
const half = ({ pieces }: HealthyAnswer): number => Math.ceil(pieces.length / 2);
const close: RawScript = (socket) => void socket.end();
const reset: RawScript = (socket) => void socket.resetAndDestroy();

const interrupted =
  (usage: Recorded['usage']) =>
  (call: ApiCall): Recorded =>
    call.stream ? { errorType: 'stream_interrupted', usage } : { errorType: 'connection', usage: null };

const unreachable = { status: 502, code: 'upstream_unreachable' };
const noAnswer = (): Recorded => ({ errorType: 'connection', usage: null });

const wholeStream =
  (change: (pieces: readonly Buffer[]) => readonly Buffer[]) =>
  (call: ApiCall): RawScript =>
  async (socket, request) => {
    const healthy = healthyAnswer(call, request);
    const asked = request.body.includes('"include_usage":true');
    const pieces = change(call.pieces(asked).map((piece) => Buffer.from(piece)));
    await flushed(socket, healthy.head);
    for (const piece of pieces) await flushed(socket, chunk(piece));
    socket.end(LAST_CHUNK);
  };

const known = (): Recorded => ({ usage: 'known' });

const FAULTS: readonly Fault[] = [
  {
    name: 'no fault',
    script: (call) => (socket, request) => {
      const { head: start, pieces, end } = healthyAnswer(call, request);
      socket.end(Buffer.concat([start, ...pieces, end]));
    },
    recorded: known,
  },
  ...httpErrors.map(([status, body, errorType]) => ({
    name: `HTTP ${status}, ${errorType}`,
    script: () => answerError(status, body),
    recorded: () => ({ errorType, httpStatus: Number.parseInt(status, 10), usage: null }),
  })),
  { name: 'closed before its headers', script: () => close, recorded: noAnswer, client: unreachable },
  { name: 'reset before its headers', script: () => reset, recorded: noAnswer, client: unreachable },
  {
    name: 'no HTTP',
    script: () => (socket) => void socket.end('SSH-2.0-OpenSSH_9.2\r\n'),
    recorded: noAnswer,
    client: unreachable,
  },
  { name: 'closed after its headers', script: afterPieces(none, close), recorded: interrupted('stream_interrupted') },
  { name: 'reset after its headers', script: afterPieces(none, reset), recorded: interrupted('stream_interrupted') },
  { name: 'closed in its body', script: afterPieces(half, close), recorded: interrupted('stream_interrupted') },
  { name: 'reset in its body', script: afterPieces(half, reset), recorded: interrupted('stream_interrupted') },
  {
    name: 'closed within an event',
    only: 'stream',
    script: afterPieces(half, (socket) => void socket.end(chunk(Buffer.from('data: {"choices":[{"ind')))),
    recorded: interrupted('stream_interrupted'),
  },
  {
    name: 'malformed chunk',
    only: 'stream',
    script: afterPieces(half, (socket) => void socket.end('zz\r\nnot a chunk\r\n')),
    recorded: interrupted('stream_interrupted'),
  },
  {
    name: 'closed after the last event, without the last chunk',
    only: 'stream',
    script: afterPieces(({ pieces }) => pieces.length, close),
    recorded: known,
  },
  {
    name: 'an error event in a 200',
    only: 'stream',
    script: wholeStream((pieces) => [
      ...pieces.slice(0, 3),
      Buffer.from(`event: error\ndata: ${error('server_error')}\n\n`),
    ]),
    recorded: () => ({ errorType: 'server_error', usage: 'stream_interrupted' }),
  },
  {
    name: 'a clean end without the last events',
    only: 'stream',
    script: wholeStream((pieces) => pieces.slice(0, 2)),
    recorded: interrupted('stream_interrupted'),
  },
  {
    name: 'no [DONE]',
    only: 'stream',
    script: wholeStream((pieces) => pieces.filter((piece) => !piece.includes('[DONE]'))),
    recorded: known,
  },
  {
    name: 'garbage among the events',
    only: 'stream',
    script: wholeStream((pieces) => [
      Buffer.from([0xff, 0xfe, 0x0a, 0x00, 0x0a, 0x0a]),
      Buffer.from('data: {"choices":[[[\n\n: comment\nretry: x\nfoo\n\ndata\n\n'),
      ...pieces,
    ]),
    recorded: known,
  },
  {
    name: 'characters cut in the middle',
    only: 'stream',
    script: wholeStream((pieces) => inSevens(Buffer.concat(pieces))),
    recorded: known,
  },
  {
    name: 'one event of 5 MB',
    only: 'stream',
    script: wholeStream((pieces) => [Buffer.from(`data: {"padding":"${'x'.repeat(5 * 1024 * 1024)}"}\n\n`), ...pieces]),
    recorded: known,
  },
  ...['\r\n', '\r'].map((lineEnd) => ({
    name: `line ends of ${JSON.stringify(lineEnd)}`,
    only: 'stream' as const,
    script: wholeStream((pieces) => pieces.map((piece) => Buffer.from(piece.toString().replaceAll('\n', lineEnd)))),
    recorded: known,
  })),
];

function inSevens(bytes: Buffer): Buffer[] {
  const count = Math.ceil(bytes.length / 7);
  return Array.from({ length: count }, (_, i) => bytes.subarray(i * 7, i * 7 + 7));
}

let upstream: RawUpstream;
let gateway: RunningGateway;

beforeAll(async () => {
  upstream = await startRawUpstream(close);
  gateway = await startGateway(upstream.baseUrl);
});

afterAll(async () => {
  await gateway.gateway.close(0);
  await upstream.close();
});

beforeEach(() => gateway.reporter.reset());

describe.each(API_CALLS)('$name: a call through the gateway is recorded once and looks as without it, with', (call) => {
  const faults = FAULTS.filter(({ only }) => only === undefined || (only === 'stream') === call.stream);

  test.each(faults)('$name', async ({ script, recorded, client }) => {
    upstream.script = script(call);
    const headers = { 'content-type': 'application/json', authorization: 'Bearer sk-test' };
    const direct = await httpCall(upstream.baseUrl + call.path, { headers, body: call.body });
    const through = await httpCall(`${gateway.url}/v1${call.path}`, { headers, body: call.body });

    if (client === undefined) expect(seen(through)).toEqual(seen(direct));
    else expect(errorSeen(through)).toEqual(client);
    await expectRecorded(gateway, call, recorded(call));
  });
});

function errorSeen({ status, body }: { status: number; body: Buffer }): unknown {
  const { error } = JSON.parse(body.toString()) as { error: { code: string } };
  return { status, code: error.code };
}

async function expectRecorded({ reporter }: RunningGateway, call: ApiCall, expected: Recorded): Promise<void> {
  await until(() => reporter.ended.length > 0, 'the end of the call');
  expect(reporter.inFlight).toBe(0);
  expect(reporter.ended).toHaveLength(1);
  const [name, metrics] = reporter.ended[0]!;
  const kind = call.stream ? 'stream' : 'request';
  expect(name).toBe(`ai_${kind}_${expected.errorType === undefined ? 'complete' : 'error'}`);
  expect(metrics).toMatchObject({
    model: 'gpt-4o',
    operation: call.path === '/responses' ? 'responses' : 'chat',
    ...(expected.errorType === undefined
      ? {}
      : { errorType: expected.errorType, httpStatus: expected.httpStatus ?? null }),
    ...(expected.usage === 'known'
      ? { promptTokens: 9, completionTokens: 12, totalTokens: 21, usageMissing: null }
      : { totalTokens: null, usageMissing: expected.usage }),
  });
  expect(reporter.metricsOf('ai_attempt')).toHaveLength(1);
}
