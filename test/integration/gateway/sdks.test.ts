import { execFile } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import '../../helpers/oneRealm.js';
import { API_CALLS, type ApiCall } from '../../helpers/apiAnswers.js';
import { collect } from '../../helpers/collect.js';
import { httpCall, seen } from '../../helpers/httpCall.js';
import { SDKS } from '../../helpers/sdks.js';
import { until } from '../../helpers/until.js';
import { startGateway, type RunningGateway } from '../../helpers/withGateway.js';

const ENCODINGS = {
  gzip: zlib.gzipSync,
  br: zlib.brotliCompressSync,
  deflate: zlib.deflateSync,
} as const;

let api: Server;
let baseURL: string;
let gateway: RunningGateway;
/** Asks for no usage of its own, so that even compressed streams stay as they are. */
let plain: RunningGateway;

/** An API that compresses whatever its client can take. */
beforeAll(async () => {
  api = createServer((req, res) => {
    const parts: Buffer[] = [];
    req.on('data', (part: Buffer) => parts.push(part));
    req.on('end', () => {
      const body = Buffer.concat(parts).toString();
      const wanted = (each: ApiCall): boolean =>
        each.path === req.url?.slice(3) && each.stream === body.includes('"stream":true');
      const call = API_CALLS.find(wanted)!;
      const answer = Buffer.from(call.pieces(body.includes('"include_usage":true')).join(''));
      const accepted = (req.headers['accept-encoding'] ?? '').split(',')[0]!.trim();
      const compress = Object.entries(ENCODINGS).find(([name]) => name === accepted)?.[1];
      res.writeHead(200, { 'content-type': call.contentType, ...(compress && { 'content-encoding': accepted }) });
      res.end(compress ? compress(answer) : answer);
    });
  });
  await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
  baseURL = `http://127.0.0.1:${(api.address() as AddressInfo).port}/v1`;
  gateway = await startGateway(baseURL);
  plain = await startGateway(baseURL, { usageInStreams: false });
});

afterAll(async () => {
  await gateway.gateway.close(0);
  await plain.gateway.close(0);
  api.close();
});

beforeEach(() => {
  gateway.reporter.reset();
  plain.reporter.reset();
});

const USAGE = { promptTokens: 9, completionTokens: 12, totalTokens: 21, usageMissing: null };

describe.each(API_CALLS)('$name: a client gets the same bytes as without the gateway', (call) => {
  describe.each(SDKS)('$version', ({ OpenAI }) => {
    const clientAt = (url: string) => new OpenAI({ apiKey: 'sk-test', baseURL: url, maxRetries: 0, logLevel: 'off' });
    const ask = (client: ReturnType<typeof clientAt>) =>
      call.path === '/responses'
        ? client.responses.create({ model: 'gpt-4o', input: 'Hello', ...(call.stream && { stream: true }) })
        : client.chat.completions.create({
            model: 'gpt-4o',
            messages: [{ role: 'user', content: 'Hello' }],
            ...(call.stream && { stream: true }),
          });

    test('as text', async () => {
      const direct = await (await ask(clientAt(baseURL)).asResponse()).text();
      const through = await (await ask(clientAt(`${gateway.url}/v1`)).asResponse()).text();

      expect(through).toBe(direct);
      await until(() => gateway.reporter.ended.length > 0, 'the end of the call');
      expect(gateway.reporter.ended).toEqual([[expect.stringMatching(/complete$/), expect.objectContaining(USAGE)]]);
    });

    test('as values', async () => {
      const values = async (url: string): Promise<unknown> => {
        const answer: unknown = await ask(clientAt(url));
        return isIterable(answer) ? await collect(answer) : answer;
      };

      expect(await values(`${gateway.url}/v1`)).toEqual(await values(baseURL));
      await until(() => gateway.reporter.inFlight === 0, 'the end of the call');
    });
  });

  test.each(['identity', 'gzip', 'br', 'deflate'])('compressed as it wishes: %s', async (encoding) => {
    const request = { headers: { 'content-type': 'application/json', 'accept-encoding': encoding }, body: call.body };
    const direct = await httpCall(baseURL + call.path, request);
    const through = await httpCall(`${plain.url}/v1${call.path}`, request);

    expect(seen(through)).toEqual(seen(direct));
    await until(() => plain.reporter.ended.length > 0, 'the end of the call');
    const isWithoutUsage = call.stream && call.path !== '/responses';
    expect(plain.reporter.ended[0]![1]).toMatchObject(isWithoutUsage ? { usageMissing: 'not_sent' } : USAGE);
  });

  test('curl', async () => {
    const curl = async (url: string): Promise<string> => {
      const fields = ['-H', 'content-type: application/json', '-H', 'authorization: Bearer sk-test'];
      const { stdout } = await promisify(execFile)('curl', ['-sSN', ...fields, '-d', call.body, url + call.path]);
      return stdout;
    };

    expect(await curl(`${gateway.url}/v1`)).toBe(await curl(baseURL));
  });
});

function isIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
