import { post, rawClient } from '../../helpers/rawClient.js';
import { rawHttp } from '../../helpers/rawHttp.js';
import { head, startRawUpstream, type RawScript, type RawUpstream } from '../../helpers/rawUpstream.js';
import { startServe, type ServeProcess } from '../../helpers/serveProcess.js';
import { until } from '../../helpers/until.js';

/**
 * Faults that programs of this kind have had, each tried on `promptmeter serve` itself. The names are those under which
 * they were published.
 */
const ADMIN = 'admin-token-of-these-tests';
const METRICS = 'metrics-token-of-these-tests';
const KEY = 'sk-proj-key-of-the-caller-0123456789';

const ANSWER = '{"model":"m","usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}';
const answerWith = (
  body: string,
  status = '200 OK',
  headers: readonly (readonly [string, string])[] = [],
): RawScript => {
  const fields = [['content-type', 'application/json'], ['content-length', String(body.length)], ...headers] as const;
  return (socket) => void socket.write(Buffer.concat([head(status, fields), Buffer.from(body)]));
};

let upstream: RawUpstream;
let elsewhere: RawUpstream;
let serve: ServeProcess;

beforeAll(async () => {
  upstream = await startRawUpstream(answerWith(ANSWER));
  elsewhere = await startRawUpstream(answerWith(ANSWER));
  serve = await startServe('limits: { models: 5, labelValues: 5 }\noutcomes: [accepted]\n', {
    OPENAI_BASE_URL: upstream.baseUrl,
    PROMPTMETER_ADMIN_TOKEN: ADMIN,
    PROMPTMETER_METRICS_TOKEN: METRICS,
    LOG_LEVEL: 'trace',
    NODE_ENV: 'development',
  });
});
afterAll(async () => {
  await serve.stop();
  await upstream.close();
  await elsewhere.close();
});
beforeEach(() => {
  upstream.requests.length = 0;
  upstream.script = answerWith(ANSWER);
});
afterEach(() => {
  expect(elsewhere.requests).toEqual([]);
});

const evil = (): string => `127.0.0.1:${elsewhere.port}`;
const metrics = async (): Promise<string> =>
  await (await fetch(`${serve.metricsUrl}/metrics`, { headers: { authorization: `Bearer ${METRICS}` } })).text();
const total = (text: string, name: string): number =>
  [...text.matchAll(new RegExp(`^${name}\\{.*\\} (\\d+)`, 'gm'))].reduce((sum, [, value]) => sum + Number(value), 0);
const ask = async (body: object, headers: Record<string, string> = {}): Promise<Response> => {
  const init = { method: 'POST', headers: { 'content-type': 'application/json', ...headers } };
  return await fetch(`${serve.gatewayUrl}/v1/embeddings`, { ...init, body: JSON.stringify(body) });
};
const onceClosed = async (bytes: string): Promise<string> => await (await rawClient(serve.gatewayPort, bytes)).closed();

describe('one malformed URI killed a metrics exporter (CVE-2026-44902)', () => {
  const targets = [
    '/%',
    '/%E0%A4%A',
    '/metrics/%',
    '/alerts?%',
    '/runbooks/%c0%ae',
    '/dashboards/%',
    'http://[',
    '*',
    '//',
    '/\\',
    '?',
    '/%00',
  ];

  test.each(targets)('%s harms neither port', async (target) => {
    const line = `GET ${target} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`;
    expect(await rawHttp(serve.metricsPort, line)).toMatch(/^HTTP\/1\.1 [1-4]\d\d /);
    expect(await rawHttp(serve.gatewayPort, line)).toMatch(/^HTTP\/1\.1 [1-4]\d\d /);
    expect((await fetch(`${serve.metricsUrl}/healthz`)).status).toBe(200);
    expect((await fetch(`${serve.gatewayUrl}/healthz`)).status).toBe(200);
  });
});

test('an unbounded label exhausted memory (CVE-2022-21698): models, values and methods without end make few series', async () => {
  const before = total(await metrics(), 'ai_requests_total');
  for (let round = 0; round < 10; round += 1) {
    const some = Array.from({ length: 30 }, (_, at) => `${round}-${at}`);
    await Promise.all(
      some.map((id) =>
        ask({ model: `m-${id}` }, { 'x-promptmeter-app': `a-${id}`, 'x-promptmeter-feature': `f-${id}` }),
      ),
    );
  }
  for (const method of ['PROPFIND', 'PURGE', 'M-SEARCH', 'REPORT', 'LINK']) {
    await rawHttp(serve.gatewayPort, `${method} /v1/models HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
  }

  const text = await metrics();
  expect(total(text, 'ai_requests_total') - before).toBe(305);
  const models = new Set([...text.matchAll(/[{,]model="([^"]*)"/g)].map(([, model]) => model));
  expect(models.size).toBeLessThanOrEqual(7);
  expect(models).toContain('other');
  const apps = new Set([...text.matchAll(/,app="([^"]*)"/g)].map(([, app]) => app));
  expect(apps.size).toBeLessThanOrEqual(7);
  expect(text).not.toMatch(/PROPFIND|M-SEARCH/);
});

test.each([
  'x-portkey-custom-host',
  'x-custom-host',
  'helicone-target-url',
  'helicone-openai-api-base',
  'x-base-url',
  'x-openai-base-url',
  'x-promptmeter-host',
  'x-promptmeter-base-url',
  'x-promptmeter-upstream',
  'x-upstream-host',
  'x-forwarded-host',
  'forwarded',
  'x-original-url',
  'x-rewrite-url',
  'host',
])('a custom-host header became SSRF (CVE-2025-66405, CVE-2026-110719): %s chooses no upstream', async (name) => {
  const value =
    name === 'forwarded'
      ? `host=${evil()}`
      : name === 'host' || name.endsWith('-host')
        ? evil()
        : `http://${evil()}/v1`;
  const fields = name === 'host' ? [] : ['host: gateway'];
  await onceClosed(
    `GET /v1/models HTTP/1.1\r\n${[...fields, `${name}: ${value}`, 'connection: close'].join('\r\n')}\r\n\r\n`,
  );
  expect(upstream.requests.map(({ headers }) => headers['host'])).toEqual([`127.0.0.1:${upstream.port}`]);
});

test.each(['api_base', 'base_url', 'baseUrl', 'api_url', 'endpoint', 'custom_host', 'url', 'target'])(
  'a base-URL parameter leaked provider keys (CVE-2024-6587): %s in body and query goes to the upstream as any other',
  async (name) => {
    const body = JSON.stringify({ model: 'm', [name]: `http://${evil()}/v1` });
    await onceClosed(
      post(`/v1/embeddings?${name}=http://${evil()}/v1`, body, [`authorization: Bearer ${KEY}`, 'connection: close']),
    );
    expect(upstream.requests.map((request) => request.body.toString())).toEqual([body]);
  },
);

test.each(['301 Moved', '302 Found', '307 Temporary Redirect', '308 Permanent Redirect'])(
  'an upstream that answers %s sends nobody elsewhere: the client gets the redirect',
  async (status) => {
    upstream.script = answerWith('', status, [['location', `http://${evil()}/v1/embeddings`]]);
    const answer = await onceClosed(
      post('/v1/embeddings', '{"model":"m"}', ['connection: close', `authorization: Bearer ${KEY}`]),
    );
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status}`));
    expect(upstream.requests).toHaveLength(1);
  },
);

describe('a Host header bypassed authentication (CVE-2026-49468)', () => {
  const tricks = [
    ...['localhost', '127.0.0.1', 'prometheus', '', 'admin'].map((host) => ['/metrics/ai', `Host: ${host}`]),
    ...[
      'X-Forwarded-For: 127.0.0.1',
      'X-Real-IP: 127.0.0.1',
      'X-Original-URL: /healthz',
      'X-Rewrite-URL: /healthz',
    ].map((field) => ['/metrics/ai', `Host: x\r\n${field}`]),
    ...[
      'X-HTTP-Method-Override: OPTIONS',
      'X-Forwarded-Host: localhost',
      'Authorization: Basic YWRtaW46',
      'Authorization: Bearer',
      'Authorization: Bearer  ',
      `Authorization: ${ADMIN}`,
      `Authorization: Bearer ${METRICS}`,
      `Authorization: Bearer ${ADMIN}x`,
      `Authorization: Bearer ${ADMIN.slice(0, -1)}`,
      `Cookie: token=${ADMIN}`,
    ].map((field) => ['/metrics/ai', `Host: x\r\n${field}`]),
    ...[
      '/metrics/ai/',
      '/METRICS/AI',
      '//metrics/ai',
      '/metrics//ai',
      '/metrics/./ai',
      '/healthz/../metrics/ai',
      '/metrics%2fai',
      '/%6detrics/ai',
      '/metrics/ai%00',
      '/metrics/ai;x',
      `/metrics/ai?token=${ADMIN}`,
      'http://localhost/metrics/ai',
      '/metrics/ai#',
    ].map((target) => [target, 'Host: x']),
  ] as const;

  test.each(tricks)('%s with %j shows nothing', async (target = '', fields = '') => {
    const answer = await rawHttp(serve.metricsPort, `GET ${target} HTTP/1.1\r\n${fields}\r\nConnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(answer).not.toMatch(/requestCounts|ai_requests_total/);
  });

  test('the token itself opens it', async () => {
    const answer = await rawHttp(
      serve.metricsPort,
      `GET /metrics/ai HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${ADMIN}\r\nConnection: close\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 200 [^]*requestCounts/);
  });
});

test('a cache of verified passwords was poisoned (CVE-2022-46146): who was let in lets nobody else in, nor keeps anybody out', async () => {
  const statusOf = async (authorization: string): Promise<number> =>
    (await fetch(`${serve.metricsUrl}/metrics/ai`, { headers: { authorization } })).status;
  const wrong = [`Bearer ${ADMIN}${ADMIN}`, `Bearer ${METRICS}${ADMIN}`, `Bearer ${ADMIN},Bearer ${ADMIN}`];
  for (const authorization of wrong) {
    expect(await statusOf(`Bearer ${ADMIN}`)).toBe(200);
    expect(await statusOf(authorization)).toBe(401);
  }
  expect(await statusOf(`Bearer ${ADMIN}`)).toBe(200);
});

test('keys in logs (CVE-2024-9606): at the most talkative level no key, token or text of a call is written anywhere', async () => {
  const secret = 'the text of the prompt';
  const call = { model: 'm', messages: [{ role: 'user', content: secret }] };
  const headers = { authorization: `Bearer ${KEY}`, 'api-key': KEY, cookie: `session=${KEY}` };
  const scripts: readonly RawScript[] = [
    answerWith(ANSWER),
    answerWith(
      `{"error":{"message":"Incorrect API key provided: ${KEY}","code":"invalid_api_key"}}`,
      '401 Unauthorized',
    ),
    answerWith(`upstream broke with ${KEY}`, '500 Oops'),
    (socket) => void socket.destroy(),
    (socket) => void socket.end('no http'),
  ];
  for (const script of scripts) {
    upstream.script = script;
    await (await ask(call, headers)).text();
  }
  await onceClosed(
    `GET /v1/models?key=${KEY} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${KEY}\r\nconnection: close\r\nbad header ${KEY}\r\n\r\n`,
  );
  await rawHttp(
    serve.metricsPort,
    `GET /nothing?${KEY} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${ADMIN}x\r\nConnection: close\r\n\r\n`,
  );

  const log = (): string => [...serve.out, ...serve.err].join('\n');
  await until(() => log().includes('ai_request_error'), 'the log of the calls');
  for (const hidden of [KEY, KEY.slice(12), ADMIN, METRICS, secret])
    expect(`${log()}${await metrics()}`).not.toContain(hidden);
});

test('personal data in an open /metrics: what tells who asked is in no series', async () => {
  const personal = ['jane.roe@example.com', 'Jane-Roe-42', 'session-of-jane', '203.0.113.77', '+15550100'];
  const [email, user, session, address, phone] = personal;
  await ask(
    {
      model: 'm',
      user: email,
      safety_identifier: user,
      prompt_cache_key: session,
      metadata: { phone },
      input: `I am ${email}`,
    },
    {
      'x-promptmeter-user': user ?? '',
      'x-promptmeter-email': email ?? '',
      'x-forwarded-for': address ?? '',
      'user-agent': session ?? '',
      'openai-organization': user ?? '',
    },
  );
  await fetch(`${serve.gatewayUrl}/v1/files/${email}?user=${user}`);

  const text = await metrics();
  for (const datum of personal) expect(text).not.toContain(datum);
});
