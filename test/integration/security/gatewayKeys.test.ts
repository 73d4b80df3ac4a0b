import OpenAI from 'openai';
import { createKey, type NewKey } from '../../../src/gateway/keys/keyHash.js';
import type { GatewayAccess } from '../../../src/gateway/keys/Doorkeeper.js';
import { post, rawClient } from '../../helpers/rawClient.js';
import { head, startRawUpstream, type RawUpstream } from '../../helpers/rawUpstream.js';
import { startGateway, type RunningGateway } from '../../helpers/withGateway.js';

const ANSWER = '{"object":"list","model":"m","data":[],"usage":{"prompt_tokens":3,"total_tokens":3}}';
const UPSTREAM_KEY = 'sk-proj-key-of-the-server-0123456789';

let search: NewKey;
let shop: NewKey;
let upstream: RawUpstream;
let local: RawUpstream;
let gateway: RunningGateway;
let access: GatewayAccess;

beforeAll(async () => {
  [search, shop] = await Promise.all([createKey('search'), createKey('shop')]);
  const answer = async (): Promise<RawUpstream> =>
    await startRawUpstream((socket) => {
      const fields = [
        ['content-type', 'application/json'],
        ['content-length', String(ANSWER.length)],
      ] as const;
      socket.write(Buffer.concat([head('200 OK', fields), Buffer.from(ANSWER)]));
    });
  [upstream, local] = await Promise.all([answer(), answer()]);
  access = {
    keys: [
      { name: 'search', hash: search.hash, attribution: { app: 'søk', team_name: 'find' } },
      { name: 'shop', hash: shop.hash, attribution: {} },
    ],
    upstreamKeys: new Map([['openai', UPSTREAM_KEY]]),
  };
});
afterAll(async () => {
  await upstream.close();
  await local.close();
});
beforeEach(async () => {
  upstream.requests.length = local.requests.length = 0;
  gateway = await startGateway(upstream.baseUrl, {
    access,
    attributionLabels: ['app', 'team_name'],
    upstreams: [{ name: 'local', baseUrl: local.baseUrl }],
  });
});
afterEach(async () => {
  await gateway.gateway.close(0);
});

interface Call {
  readonly headers?: Record<string, string>;
  readonly path?: string;
}
const call = async ({ headers = {}, path = '/v1/embeddings' }: Call = {}): Promise<Response> =>
  await fetch(`${gateway.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: '{"model":"m","input":"x"}',
  });
const bearer = (key: string): Record<string, string> => ({ authorization: `Bearer ${key}` });
const wrongOf = (name: string): string => `pm_${name}_${'A'.repeat(43)}`;
const seen = (): string => JSON.stringify([upstream.requests, local.requests, gateway.lines, gateway.reporter.events]);

test('a call with a key goes on with the key of the server, and the real SDK can not tell', async () => {
  const client = new OpenAI({ apiKey: search.key, baseURL: `${gateway.url}/v1`, maxRetries: 0, organization: 'org-x' });
  const answer = await client.embeddings.create({ model: 'm', input: 'x', encoding_format: 'float' });

  expect(answer.usage.total_tokens).toBe(3);
  const [request] = upstream.requests;
  expect(request?.headers['authorization']).toBe(`Bearer ${UPSTREAM_KEY}`);
  expect(request?.headers).not.toHaveProperty('openai-organization');
  expect(seen()).not.toContain(search.key);
});

describe('without a valid key nothing reaches an upstream', () => {
  test.each<[string, () => Record<string, string>]>([
    ['no key', () => ({})],
    ['an empty one', () => ({ authorization: 'Bearer ' })],
    ['the key of the upstream', () => bearer(UPSTREAM_KEY)],
    ['a key of another kind', () => bearer('sk-proj-abc')],
    ['a key of nobody', () => bearer(wrongOf('nobody'))],
    ['a key of the prototype', () => bearer(wrongOf('constructor'))],
    ['another key of the name', () => bearer(wrongOf('search'))],
    ['a key with one letter less', () => bearer(search.key.slice(0, -1))],
    ['a key with one letter more', () => bearer(`${search.key}x`)],
    ['the secret of one with the name of another', () => bearer(search.key.replace('search', 'shop'))],
    ['the hash', () => bearer(search.hash)],
    ['Basic', () => ({ authorization: `Basic ${btoa(`search:${search.key}`)}` })],
    ['a wrong own header beside a right bearer', () => ({ 'x-promptmeter-key': 'x', ...bearer(search.key) })],
    ['a cookie', () => ({ cookie: `authorization=${search.key}` })],
  ])('%s is answered with 401 in the shape of OpenAI', async (_name, headers) => {
    const answer = await call({ headers: headers() });

    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="promptmeter"');
    expect(await answer.json()).toMatchObject({
      error: { type: 'invalid_request_error', code: 'invalid_api_key', param: null },
    });
    expect(upstream.requests).toEqual([]);
    expect(gateway.reporter.events).toEqual([]);
  });

  test('is an AuthenticationError to the real SDK, which does not try again', async () => {
    const client = new OpenAI({ apiKey: wrongOf('search'), baseURL: `${gateway.url}/v1` });
    await expect(client.models.list()).rejects.toThrow(OpenAI.AuthenticationError);
    expect(gateway.lines).toHaveLength(1);
  });

  test.each(['/v1/models', '/v1/files/x/content', '/local/v1/models', '/v1/responses/resp_1?x=y'])(
    '%s neither',
    async (path) => {
      expect((await call({ path })).status).toBe(401);
      expect([...upstream.requests, ...local.requests]).toEqual([]);
    },
  );

  test('of requests sent one behind the other each is asked, also after a right one', async () => {
    const [right, wrong] = [`authorization: Bearer ${shop.key}`, `authorization: Bearer ${wrongOf('shop')}`];
    const bytes = [
      post('/v1/embeddings', '{}', [right]),
      post('/v1/embeddings', '{}', [wrong]),
      post('/v1/embeddings', '{}', ['connection: close']),
    ];
    const answer = await (await rawClient(gateway.port, bytes.join(''))).closed();
    expect([...answer.matchAll(/HTTP\/1\.1 (\d+) /g)].map(([, status]) => status)).toEqual(['200', '401', '401']);
    expect(upstream.requests).toHaveLength(1);
  });

  test('/healthz answers all the same', async () => {
    expect((await fetch(`${gateway.url}/healthz`)).status).toBe(200);
  });
});

describe('what goes on', () => {
  test('is counted for what the key says, whatever the headers say', async () => {
    const headers = {
      'X-Promptmeter-App': 'forged',
      'x-promptmeter-team-name': 'forged',
      'x-promptmeter-team_name': 'forged',
    };
    await call({ headers: { ...bearer(search.key), ...headers } });
    expect(gateway.reporter.ended[0]![1].attribution).toEqual({ app: 'søk', team_name: 'find' });
  });

  test('is counted for the headers where the key says nothing', async () => {
    await call({ headers: { ...bearer(shop.key), 'x-promptmeter-app': 'web' } });
    expect(gateway.reporter.ended[0]![1].attribution).toEqual({ app: 'web' });
  });

  test('to an upstream without a key carries none', async () => {
    await call({ path: '/local/v1/embeddings', headers: bearer(shop.key) });
    expect(local.requests[0]?.headers).not.toHaveProperty('authorization');
    expect(seen()).not.toContain(shop.key);
  });

  test('keeps the own key of a client that shows the one of the gateway beside it', async () => {
    await call({ path: '/local/v1/embeddings', headers: { ...bearer('sk-own'), 'x-promptmeter-key': shop.key } });
    expect(local.requests[0]?.headers['authorization']).toBe('Bearer sk-own');
    expect(JSON.stringify(local.requests)).not.toContain(shop.key);
  });

  test('goes to the default upstream with the server’s key even then', async () => {
    await call({ headers: { ...bearer('sk-own'), 'api-key': 'own', 'x-promptmeter-key': shop.key } });
    expect(upstream.requests[0]?.headers['authorization']).toBe(`Bearer ${UPSTREAM_KEY}`);
    expect(JSON.stringify(upstream.requests)).not.toMatch(/sk-own|"own"/);
  });

  test('is let in once for many calls with a new key at the same time', async () => {
    const answers = await Promise.all(
      Array.from({ length: 100 }, async () => (await call({ headers: bearer(shop.key) })).status),
    );
    expect(new Set(answers)).toEqual(new Set([200]));
  });
});

describe('keys that are renewed', () => {
  test('hold from the next call on: a revoked one is refused, though it was verified before, and a new one let in', async () => {
    const next = await createKey('next');
    expect((await call({ headers: bearer(search.key) })).status).toBe(200);

    gateway.gateway.renewAccess({
      keys: [{ name: 'next', hash: next.hash, attribution: {} }],
      upstreamKeys: new Map([['openai', 'sk-new']]),
    });

    expect((await call({ headers: bearer(search.key) })).status).toBe(401);
    expect((await call({ headers: bearer(next.key) })).status).toBe(200);
    expect(upstream.requests.map(({ headers }) => headers['authorization'])).toEqual([
      `Bearer ${UPSTREAM_KEY}`,
      'Bearer sk-new',
    ]);
  });

  test('let nobody in whose key was being checked when it was revoked', async () => {
    const answer = call({ headers: bearer(search.key) });
    await new Promise((resolve) => setTimeout(resolve, 5));
    gateway.gateway.renewAccess({ ...access, keys: [] });
    expect([200, 401]).toContain((await answer).status);
    expect((await call({ headers: bearer(search.key) })).status).toBe(401);
  });
});

describe('whoever shows wrong keys again and again', () => {
  test('is told to wait, with 429 and Retry-After, while holders at the same address go on', async () => {
    const statuses = [];
    for (let at = 0; at < 60; at += 1) statuses.push((await call({ headers: bearer(`sk-guess-${at}`) })).status);
    expect(statuses.slice(0, 20)).toEqual(Array(20).fill(401));
    expect(statuses).toContain(429);

    const refused = await call({ headers: bearer('sk-guess') });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect(await refused.json()).toMatchObject({ error: { code: 'too_many_failed_keys' } });
    expect((await call({ headers: bearer(search.key) })).status).toBe(200);
  });

  test('fills neither the log nor the upstream', async () => {
    for (let at = 0; at < 40; at += 1) await call({ headers: bearer('sk-guess') });
    expect(gateway.lines.map(({ message }) => message)).toEqual(
      Array(3).fill('A call with a wrong gateway key was refused'),
    );
    expect(seen()).not.toContain('sk-guess');
  });

  test('does not hold up the calls of others, for keys are checked beside the event loop', async () => {
    await call({ headers: bearer(shop.key) });
    let lastWrong = false;
    const wrong = Promise.all(
      Array.from({ length: 15 }, (_, at) => call({ headers: bearer(`pm_nobody_${String(at).padStart(43, 'A')}`) })),
    ).then(() => (lastWrong = true));
    expect((await call({ headers: bearer(shop.key) })).status).toBe(200);
    expect(lastWrong).toBe(false);
    await wrong;
  });
});
