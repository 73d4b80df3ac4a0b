import { post, rawClient } from '../../helpers/rawClient.js';
import { head, startRawUpstream, type RawUpstream } from '../../helpers/rawUpstream.js';
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
  upstream.requests.length = 0;
  upstream.script = (socket) => void socket.write(head('200 OK', [['content-length', '0']]));
});

const onceClosed = async (bytes: string): Promise<string> => await (await rawClient(gateway.port, bytes)).closed();

describe('request smuggling in forwarding proxies (CVE-2026-58044, CVE-2026-1525)', () => {
  const hidden = 'GET /v1/hidden HTTP/1.1\r\nhost: x\r\n\r\n';
  const begin = 'POST /v1/embeddings HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n';

  test.each([
    ['a length with a coding', `${begin}content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`],
    [
      'a coding with a length',
      `${begin}transfer-encoding: chunked\r\ncontent-length: ${hidden.length + 5}\r\n\r\n0\r\n\r\n${hidden}`,
    ],
    ['two lengths', `${begin}content-length: 2\r\ncontent-length: ${hidden.length + 2}\r\n\r\n{}${hidden}`],
    ['two equal lengths', `${begin}content-length: 2\r\ncontent-length: 2\r\n\r\n{}${hidden}`],
    ['a list of lengths', `${begin}content-length: 2, 2\r\n\r\n{}${hidden}`],
    ['a folded coding', `${begin}content-length: 2\r\nx: y\r\n transfer-encoding: chunked\r\n\r\n{}${hidden}`],
    ['a coding in disguise', `${begin}content-length: 2\r\ntransfer-encoding: xchunked\r\n\r\n{}${hidden}`],
    ['a coding with a tab', `${begin}content-length: 2\r\ntransfer-encoding:\tchunked\r\n\r\n0\r\n\r\n${hidden}`],
    ['a name with a space', `${begin}content-length : 2\r\n\r\n{}${hidden}`],
    ['a second host', `${begin}Host: y\r\ncontent-length: 2\r\n\r\n{}${hidden}`],
    ['the same host twice', `${begin}host: x\r\ncontent-length: 2\r\n\r\n{}${hidden}`],
    ['a name with a null', `${begin}content\0-length: 2\r\n\r\n{}${hidden}`],
    ['bare line feeds in a chunk', `${begin}transfer-encoding: chunked\r\n\r\n2\n{}\n0\n\n${hidden}`],
    ['a chunk size with a sign', `${begin}transfer-encoding: chunked\r\n\r\n+2\r\n{}\r\n0\r\n\r\n${hidden}`],
    ['a huge chunk size', `${begin}transfer-encoding: chunked\r\n\r\n10000000000000002\r\n{}\r\n0\r\n\r\n${hidden}`],
  ])('%s is refused, and what hides behind it is never a request', async (_name, bytes) => {
    expect(await onceClosed(bytes)).toMatch(/^HTTP\/1\.1 400 Bad Request/);
    expect(upstream.requests.map(({ target }) => target)).not.toContain('/v1/hidden');
  });

  test('a length behind thousands of headers is no hidden one: the body goes on, and so does the key', async () => {
    const many = 'a:\r\n'.repeat(3000);
    const hiddenLength = `content-length: ${hidden.length}\r\nauthorization: Bearer k\r\nconnection: close\r\n\r\n${hidden}`;
    const answer = await onceClosed(`${begin}${many}${hiddenLength}`);
    expect(answer).toMatch(/^HTTP\/1\.1 (200|431) /);
    const seen = upstream.requests.map(({ headers, body }) => [headers['authorization'], body.toString()]);
    // A Node.js with a bound of its own refuses it whole.
    expect(seen).toEqual(answer.includes(' 200 ') ? [['Bearer k', hidden]] : []);
  });

  test('a request in the body of another stays a body', async () => {
    await onceClosed(post('/v1/embeddings', hidden, ['connection: close']));
    expect(upstream.requests.map(({ target, body }) => [target, body.toString()])).toEqual([
      ['/v1/embeddings', hidden],
    ]);
  });

  test.each([
    ['two lengths', 'content-length: 2\r\ncontent-length: 40\r\n\r\n{}'],
    ['a length with a coding', 'content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n'],
  ])('an answer with %s is not passed on as whole', async (_name, rest) => {
    upstream.script = (socket) => void socket.end(`HTTP/1.1 200 OK\r\n${rest}`);
    expect(await onceClosed(post('/v1/embeddings', '{"model":"m"}', ['connection: close']))).toMatch(
      /^HTTP\/1\.1 502 /,
    );
  });

  test('what an upstream sends behind its answer is nobody else’s answer', async () => {
    const poison = 'HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\npoison';
    upstream.script = (socket) => void socket.write(`HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}${poison}`);
    const answers = [];
    for (let call = 0; call < 5; call += 1)
      answers.push(await onceClosed(post('/v1/embeddings', '{}', ['connection: close'])));
    expect(answers.join('')).not.toContain('poison');
  });
});
