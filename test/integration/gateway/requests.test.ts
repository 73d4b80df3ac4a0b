import { httpCall } from '../../helpers/httpCall.js';
import { head, startRawUpstream, type RawUpstream } from '../../helpers/rawUpstream.js';
import { post, rawClient } from '../../helpers/rawClient.js';
import { startGateway, type RunningGateway } from '../../helpers/withGateway.js';

let upstream: RawUpstream;
let azure: RawUpstream;
let gateway: RunningGateway;

const answerEmpty: RawUpstream['script'] = (socket) => void socket.end(head('200 OK', [['content-length', '0']]));

beforeAll(async () => {
  upstream = await startRawUpstream(answerEmpty);
  azure = await startRawUpstream(answerEmpty);
  gateway = await startGateway(upstream.baseUrl, {
    upstreams: [{ name: 'azure', baseUrl: `http://127.0.0.1:${azure.port}/openai/deployments/d1/?api-version=1` }],
  });
});

afterAll(async () => {
  await gateway.gateway.close(0);
  await upstream.close();
  await azure.close();
});

beforeEach(() => {
  gateway.reporter.reset();
  upstream.requests.length = 0;
  azure.requests.length = 0;
  upstream.script = answerEmpty;
});

describe('the request reaches the upstream', () => {
  test.each([
    ['/v1/models', '/v1/models'],
    ['/v1/chat/completions?a=1&b=%20', '/v1/chat/completions?a=1&b=%20'],
    ['/v1', '/v1'],
    ['/v1?x', '/v1?x'],
    ['/v1/models/org%2Fname', '/v1/models/org%2Fname'],
    ['/v1/files//x', '/v1/files//x'],
    ['/v1/v1/x', '/v1/v1/x'],
    ['/v1/a..b/.hidden/...', '/v1/a..b/.hidden/...'],
  ])('at the same path and query: %s', async (target, reached) => {
    await httpCall(gateway.url + target, { method: 'GET' });
    expect(upstream.requests.map((request) => request.target)).toEqual([reached]);
  });

  test.each([
    ['/azure/v1/chat/completions', '/openai/deployments/d1/chat/completions?api-version=1'],
    ['/azure/v1/embeddings?x=1', '/openai/deployments/d1/embeddings?x=1&api-version=1'],
  ])('named in the path, with the path and query of its base URL: %s', async (target, reached) => {
    await httpCall(gateway.url + target, { body: '{}' });

    expect(azure.requests.map((request) => request.target)).toEqual([reached]);
    expect(upstream.requests).toHaveLength(0);
    const [end] = gateway.reporter.ended;
    expect(end![1]).toMatchObject({ provider: 'azure', model: 'd1' });
  });

  test('with the same headers in the same order, save those about the connection and its own', async () => {
    const client = await rawClient(
      gateway.port,
      post('/v1/chat/completions', '{}', [
        'Authorization: Bearer sk-1',
        'X-Twice: a',
        'x-twice: b',
        'OpenAI-Organization: org-1',
        'X-Latin: caf\xe9',
        'Connection: keep-alive, X-Hop',
        'X-Hop: 1',
        'Keep-Alive: timeout=5',
        'TE: trailers',
        'Proxy-Authorization: Basic x',
        'Upgrade: h2c',
        'X-Promptmeter-App: shop',
        'X-Promptmeter-Other: x',
        'Accept-Encoding: gzip, br',
      ]),
    );
    await client.gets('HTTP/1.1 200');
    client.socket.destroy();

    expect(upstream.requests[0]!.rawHeaders).toEqual([
      ...['host', `127.0.0.1:${upstream.port}`, 'connection', 'keep-alive', 'content-type', 'application/json'],
      ...['Authorization', 'Bearer sk-1', 'X-Twice', 'a', 'x-twice', 'b', 'OpenAI-Organization', 'org-1'],
      ...['X-Latin', Buffer.from('caf\xe9').toString('latin1'), 'Accept-Encoding', 'gzip, br', 'content-length', '2'],
    ]);
  });

  test.each(['GET', 'HEAD', 'DELETE', 'PUT', 'PATCH', 'OPTIONS', 'POST'])('with its method: %s', async (method) => {
    await httpCall(`${gateway.url}/v1/files`, { method });
    expect(upstream.requests.map((request) => request.method)).toEqual([method]);
    expect(gateway.reporter.ended.map(([name]) => name)).toEqual(['ai_request_complete']);
  });

  const multipart = Buffer.concat([
    Buffer.from('--b\r\ncontent-disposition: form-data; name="file"; filename="a.mp3"\r\n\r\n'),
    Buffer.from(Array.from({ length: 100_000 }, (_, i) => i % 256)),
    Buffer.from('\r\n--b--\r\n'),
  ]);

  test.each([
    [
      'multipart of a known length',
      { 'content-type': 'multipart/form-data; boundary=b', 'content-length': String(multipart.length) },
    ],
    ['multipart in chunks', { 'content-type': 'multipart/form-data; boundary=b', 'transfer-encoding': 'chunked' }],
    ['JSON in chunks', { 'content-type': 'application/json', 'transfer-encoding': 'chunked' }],
    ['compressed', { 'content-type': 'application/json', 'content-encoding': 'gzip' }],
  ])('with the same body: %s', async (_name, headers) => {
    await httpCall(`${gateway.url}/v1/audio/transcriptions`, { headers, body: multipart });

    expect(upstream.requests[0]!.body.equals(multipart)).toBe(true);
    expect(upstream.requests[0]!.headers['content-type']).toBe(headers['content-type']);
    expect(gateway.reporter.ended.map(([, { operation }]) => operation)).toEqual(['transcription']);
  });

  test.each(['{"model":"gpt-4o",', '', 'null', '[]', '"text"', '{"model":7,"stream":"yes"}', '\ufeff{"stream":true}'])(
    'with a body that is no good request, unchanged: %j',
    async (body) => {
      await httpCall(`${gateway.url}/v1/chat/completions`, { headers: { 'content-type': 'application/json' }, body });

      expect(upstream.requests[0]!.body.toString()).toBe(body);
      expect(gateway.reporter.ended).toEqual([['ai_request_complete', expect.objectContaining({ model: 'unknown' })]]);
    },
  );

  test.each(['application/json; charset=utf-8', 'text/plain', 'application/x-www-form-urlencoded'])(
    'with a model that is known whatever the client calls JSON: %s',
    async (type) => {
      await httpCall(`${gateway.url}/v1/embeddings`, { headers: { 'content-type': type }, body: '{"model":"m"}' });

      expect(upstream.requests[0]!.headers['content-type']).toBe(type);
      expect(gateway.reporter.ended.map(([, { model }]) => model)).toEqual(['m']);
    },
  );

  test('after 100 (Continue), which it asked for', async () => {
    const client = await rawClient(
      gateway.port,
      post('/v1/embeddings', '', ['Expect: 100-continue']).replace('h: 0', 'h: 2'),
    );
    await client.gets('HTTP/1.1 100 Continue');
    expect(upstream.requests).toHaveLength(0);
    client.socket.write('{}');

    await client.gets('HTTP/1.1 200');
    client.socket.destroy();
    expect(upstream.requests.map(({ body, headers }) => [body.toString(), headers['expect']])).toEqual([
      ['{}', undefined],
    ]);
  });
});
