import '../../helpers/oneRealm.js';
import { inspect } from 'node:util';
import { CLIENT_CALLS, type ClientCall, type Place } from '../../helpers/realClients.js';
import { until } from '../../helpers/until.js';
import { startGateway, type RunningGateway } from '../../helpers/withGateway.js';
import { createSimulator, type LedgerReport, type Simulator } from '../../../src/simulator/index.js';

/** Two APIs that answer alike: the same seed, and each client asks both for the same things in the same order. */
let apis: readonly { readonly simulator: Simulator; readonly baseURL: string }[];
let gateway: RunningGateway;

beforeAll(async () => {
  const start = async () => {
    const simulator = createSimulator({ speed: Infinity, seed: 11 });
    const { url } = await simulator.listen();
    return { simulator, baseURL: `${url}/v1` };
  };
  apis = [await start(), await start()];
  gateway = await startGateway(apis[1]!.baseURL);
});

afterAll(async () => {
  await gateway.gateway.close(0);
  for (const { simulator } of apis) await simulator.close();
});

beforeEach(() => {
  gateway.reporter.reset();
  for (const { simulator } of apis) simulator.ledger.reset();
});

/** What differs from one moment or from one address to another, and the gateway's own header. */
const MOMENTARY =
  /^(created|created_at|completed_at|createdAt|timestamp|date|x-promptmeter-id|url|stack|lc_kwargs|connection|keep-alive|content-length|transfer-encoding)$/;

/** A value as the application sees it, whatever its classes. */
function visible(value: unknown, seen = new Set<unknown>()): unknown {
  if (typeof value === 'string') return value.replaceAll(/"(created|created_at|completed_at)": ?\d+/g, '"$1":0');
  if (typeof value !== 'object' || value === null) return typeof value === 'function' ? 'function' : value;
  if (value instanceof Date) return 'date';
  if (seen.has(value)) return 'circle';
  // A connection that the other side drops shows as either of two errors, by what the platform comes upon first.
  if (/^(ECONNRESET|UND_ERR_SOCKET)$/.test(String(Reflect.get(value, 'code')))) return 'connection lost';
  seen.add(value);
  if (value instanceof Headers) return visible(Object.fromEntries(value), seen);
  if (Array.isArray(value)) return value.map((item: unknown) => visible(item, seen));
  const fields = Reflect.ownKeys(value)
    .filter((key) => typeof key === 'string' && !MOMENTARY.test(key) && !/^(x-ratelimit|openai-processing)/.test(key))
    .map((key): [string, unknown] => [String(key), visible(Reflect.get(value, key), seen)]);
  const message = value instanceof Error ? [['message', visible(value.message)] as [string, unknown]] : [];
  return { class: value.constructor.name, ...Object.fromEntries([...fields, ...message]) };
}

async function outcome(call: ClientCall, place: Place): Promise<unknown> {
  try {
    return { value: visible(await call.run(place)) };
  } catch (error) {
    return { error: visible(error) };
  }
}

/** The same call to the API itself and through the gateway, once its end is recorded. */
async function bothWays(call: ClientCall, headers: Record<string, string> = {}) {
  const direct = await outcome(call, { baseURL: apis[0]!.baseURL, headers });
  const through = await outcome(call, { baseURL: `${gateway.url}/v1`, headers });
  const { reporter } = gateway;
  await until(() => reporter.ended.length > 0 && reporter.inFlight === 0, 'the end of the call');
  return { direct, through };
}

function told({ rows }: LedgerReport): readonly [calls: number, prompt: number, completion: number] {
  const sum = (key: 'calls' | 'promptTokens' | 'completionTokens'): number =>
    rows.reduce((total, row) => total + row[key], 0);
  return [sum('calls'), sum('promptTokens'), sum('completionTokens')];
}

test.each(CLIENT_CALLS)('$title gets the same through the gateway, counted as the API counts', async (call) => {
  const { direct, through } = await bothWays(call);

  expect(inspect(direct)).toContain('value');
  expect(through).toEqual(direct);
  const [first, second] = apis.map(({ simulator }) => simulator.ledger.report());
  expect(second).toEqual(first);
  const ends = gateway.reporter.ended;
  const sum = (of: 'promptTokens' | 'completionTokens') => ends.reduce((all, [, end]) => all + (end[of] ?? NaN), 0);
  expect([ends.length, sum('promptTokens'), sum('completionTokens')]).toEqual(told(second!));
  expect(ends).toHaveLength(call.calls ?? 1);
  expect(new Set(ends.map(([name]) => name))).toEqual(new Set([`ai_${call.stream ? 'stream' : 'request'}_complete`]));
});

const FAULTS = [
  ['429', { errorType: 'rate_limit', httpStatus: 429 }],
  ['500', { errorType: 'server_error', httpStatus: 500 }],
  ['401', { errorType: 'authentication', httpStatus: 401 }],
] as const;

describe.each(FAULTS)('where the API answers with %s', (fault, fields) => {
  test.each(CLIENT_CALLS)('$title fails the same through the gateway, counted once', async (call) => {
    const { direct, through } = await bothWays(call, { 'x-simulate': fault });

    expect(inspect(direct)).toContain('error');
    expect(through).toEqual(direct);
    const name = `ai_${call.stream ? 'stream' : 'request'}_error`;
    expect(gateway.reporter.ended).toEqual([[name, expect.objectContaining(fields)]]);
  });
});

const STREAMS = CLIENT_CALLS.filter(({ stream }) => stream);

describe.each([
  ['cut', { errorType: 'stream_interrupted' }],
  ['error_event', {}],
  ['no_done', {}],
] as const)('where %s strikes the stream', (fault, fields) => {
  test.each(STREAMS)('$title ends the same through the gateway, counted once', async (call) => {
    const { direct, through } = await bothWays(call, { 'x-simulate': fault });

    expect(through).toEqual(direct);
    expect(gateway.reporter.ended).toEqual([[expect.any(String), expect.objectContaining(fields)]]);
  });
});
