import { head, startRawUpstream, type RawUpstream } from '../../helpers/rawUpstream.js';
import { post, rawClient } from '../../helpers/rawClient.js';
import { until } from '../../helpers/until.js';
import { startGateway, type RunningGateway } from '../../helpers/withGateway.js';

let upstream: RawUpstream;
let elsewhere: RawUpstream;
let gateway: RunningGateway;

beforeAll(async () => {
  upstream = await startRawUpstream((socket) => void socket.write(head('200 OK', [['content-length', '0']])));
  elsewhere = await startRawUpstream(() => undefined);
  gateway = await startGateway(upstream.baseUrl, { attributionLabels: ['app', 'team_name'] });
});

afterAll(async () => {
  await gateway.gateway.close(0);
  await upstream.close();
  await elsewhere.close();
});

beforeEach(() => {
  gateway.reporter.reset();
  upstream.requests.length = 0;
});

/** What comes back for these bytes, until the connection closes. */
async function send(bytes: string): Promise<string> {
  return await (await rawClient(gateway.port, bytes)).closed();
}

const get = (target: string, ...headers: readonly string[]): string =>
  `GET ${target} HTTP/1.1\r\n${['host: gateway', 'connection: close', ...headers].join('\r\n')}\r\n\r\n`;

describe('only the configuration chooses the host', () => {
  const evil = (): string => `127.0.0.1:${elsewhere.port}`;

  test.each([
    ['an absolute target', () => `http://${evil()}/v1/models`],
    ['an absolute target that names the upstream', () => `${upstream.baseUrl}/models`],
    ['a target without a scheme', () => `//${evil()}/v1/models`],
    ['a user in the target', () => `/@${evil()}/v1/models`],
    ['a scheme in the path', () => `/http://${evil()}/v1/models`],
    ['dots', () => '/v1/../admin'],
    ['a dot at the end', () => '/v1/models/..'],
    ['encoded dots', () => '/v1/%2e%2e/admin'],
    ['encoded slashes', () => '/v1/..%2fadmin'],
    ['dots encoded twice', () => '/v1/%252e%252e%252fadmin'],
    ['a backslash', () => '/v1/..\\admin'],
    ['an upstream that is not there', () => '/nobody/v1/models'],
    ['an upstream of the prototype', () => '/constructor/v1/models'],
    ['another path', () => '/admin'],
    ['half a prefix', () => '/v1beta/models'],
    ['a malformed escape', () => '/%E0%A4%A/v1'],
  ])('%s is answered with 404 and the base URLs there are', async (_name, target) => {
    const answer = await send(get(target()));

    expect(answer).toMatch(/^HTTP\/1\.1 404 Not Found/);
    expect(answer).toContain('use one of these as the base URL: /v1.');
    expect(upstream.requests).toHaveLength(0);
    expect(elsewhere.requests).toHaveLength(0);
    expect(gateway.reporter.events).toHaveLength(0);
  });

  test.each([
    ['Host', () => `Host: ${evil()}`],
    ['X-Forwarded-Host', () => `X-Forwarded-Host: ${evil()}`],
    ['Forwarded', () => `Forwarded: host=${evil()}`],
    ['a base URL in a header', () => `x-base-url: http://${evil()}`],
  ])('%s changes nothing', async (_name, field) => {
    const fields = field().startsWith('Host') ? [field()] : ['host: gateway', field()];
    await send(
      `GET /v1/models?base_url=http://${evil()} HTTP/1.1\r\n${[...fields, 'connection: close'].join('\r\n')}\r\n\r\n`,
    );

    expect(upstream.requests.map(({ headers }) => headers['host'])).toEqual([`127.0.0.1:${upstream.port}`]);
    expect(elsewhere.requests).toHaveLength(0);
  });
});

describe('the parser refuses what could be read in two ways', () => {
  const both =
    'POST /v1/embeddings HTTP/1.1\r\nhost: x\r\ncontent-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n';

  test.each([
    ['Content-Length with Transfer-Encoding', both],
    ['two lengths', 'POST /v1/embeddings HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab'],
    ['a length that is no number', 'POST /v1/embeddings HTTP/1.1\r\nhost: x\r\ncontent-length: +2\r\n\r\nab'],
    [
      'a coding before the last',
      'POST /v1/embeddings HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked, x\r\n\r\n0\r\n\r\n',
    ],
    ['a folded header', 'GET /v1/models HTTP/1.1\r\nhost: x\r\na: b\r\n c: d\r\n\r\n'],
    ['a space before the colon', 'GET /v1/models HTTP/1.1\r\nhost : x\r\n\r\n'],
    ['a bare line feed in a value', 'GET /v1/models HTTP/1.1\r\nhost: x\r\na: b\rc: d\r\n\r\n'],
    ['no host', 'GET /v1/models HTTP/1.1\r\nconnection: close\r\n\r\n'],
    ['no HTTP', 'hello\r\n\r\n'],
    ['a malformed chunk', 'POST /v1/embeddings HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n'],
  ])('%s', async (_name, bytes) => {
    expect(await send(bytes)).toMatch(/^HTTP\/1\.1 400 Bad Request/);
    expect(upstream.requests).toHaveLength(0);
    expect(gateway.reporter.inFlight).toBe(0);
  });

  test('headers of more than 32 KB, with what to do', async () => {
    const answer = await send(get('/v1/models', `x: ${'a'.repeat(40_000)}`));
    expect(answer).toMatch(/^HTTP\/1\.1 431 [^]*send fewer or shorter ones/);
  });
});

describe('attribution headers', () => {
  const attributionOf = async (...headers: readonly string[]): Promise<unknown> => {
    await send(post('/v1/embeddings', '{"model":"m"}', ['connection: close', ...headers]));
    await until(() => gateway.reporter.ended.length === 1, 'the end of the call');
    expect(upstream.requests[0]!.rawHeaders.join('|').toLowerCase()).not.toContain('promptmeter');
    return gateway.reporter.ended[0]![1].attribution;
  };

  test.each([
    ['are counted for when they are on the list', ['X-Promptmeter-App: shop'], { app: 'shop' }],
    ['may have - for _', ['x-promptmeter-team-name: a', 'x-promptmeter-app: b'], { team_name: 'a', app: 'b' }],
    ['are left out when they are not on the list', ['x-promptmeter-user: u1'], {}],
    ['count once: the first', ['x-promptmeter-app: a', 'x-promptmeter-app: b'], { app: 'a' }],
    ['that are empty are none', ['x-promptmeter-app:  '], {}],
    ['keep letters of any language', ['x-promptmeter-app: café 日本'], { app: 'café 日本' }],
    ['lose control characters', ['x-promptmeter-app: a\tb\u0085c\u2028d'], { app: 'a b c d' }],
    ['keep quotes and braces as they are', ['x-promptmeter-app: "}{{<b>'], { app: '"}{{<b>' }],
    ['are cut at 100 characters', [`x-promptmeter-app: ${'é'.repeat(500)}`], { app: 'é'.repeat(100) }],
  ])('%s', async (_name, headers, expected) => {
    expect(await attributionOf(...headers)).toEqual(expected);
  });
});

test.each([
  ['line ends', '"a\\nb\\u0000c"', 'a b c'],
  ['ten megabytes', `"${'m'.repeat(10_000_000)}"`, 'm'.repeat(200)],
  ['half a character', '"a\\ud800b"', 'a b'],
])(
  'a model name with %s is made harmless in what is recorded, and reaches the upstream as it was',
  async (_name, model, recorded) => {
    const body = `{"model":${model}}`;
    await send(post('/v1/embeddings', body, ['connection: close']));

    expect(gateway.reporter.ended.map((end) => end[1].model)).toEqual([recorded]);
    expect(upstream.requests[0]!.body.toString()).toBe(body);
  },
);

test('an expectation other than 100-continue is refused with 417', async () => {
  expect(await send(get('/v1/models', 'expect: miracles'))).toMatch(/^HTTP\/1\.1 417 [^]*"code":"expectation_failed"/);
});

test.each(['/', '/healthz'])('%s tells that the gateway is there', async (target) => {
  expect(await send(get(target))).toMatch(/^HTTP\/1\.1 200 OK[^]*\r\n\r\nok\n$/);
});

test('requests sent one behind the other are answered in order, and each is recorded', async () => {
  const answers = await send(get('/v1/a').replace('connection: close\r\n', '').repeat(3) + get('/v1/b'));

  expect(answers.match(/HTTP\/1\.1 200 OK/g)).toHaveLength(4);
  expect(gateway.reporter.ended).toHaveLength(4);
});

test('of requests sent one behind the other, those whose client leaves are all aborted', async () => {
  const silent = await startRawUpstream(() => undefined);
  const own = await startGateway(silent.baseUrl);
  const client = await rawClient(own.port, get('/v1/a').replace('connection: close\r\n', '').repeat(3));
  await until(() => silent.requests.length === 3, 'the requests at the upstream');

  client.socket.destroy();

  await until(() => silent.inUse.size === 0, 'the connections to the upstream to close');
  expect(own.reporter.ended.map(([name]) => name)).toEqual(Array(3).fill('ai_request_aborted'));
  await own.gateway.close(0);
  await silent.close();
});
