import { request, type RequestOptions } from 'node:https';
import { TLSSocket } from 'node:tls';
import OpenAI from 'openai';
import { Agent } from 'undici';
import { WebSocket } from 'ws';
import { eventually } from '../../helpers/eventually.js';
import { problemsOf } from '../../helpers/problemsOf.js';
import { rawClient } from '../../helpers/rawClient.js';
import { chunk, head, startRawUpstream, type RawUpstream } from '../../helpers/rawUpstream.js';
import { committed } from '../../helpers/repository.js';
import { startServe, type ServeProcess } from '../../helpers/serveProcess.js';
import { temporaryFolder, type TemporaryFolder } from '../../helpers/temporaryFolder.js';
import { until } from '../../helpers/until.js';
import { startGateway } from '../../helpers/withGateway.js';

const pem = (name: string): string => committed(`test/fixtures/tls/${name}`);
const ca = pem('ca.crt');
const CLIENT = { cert: pem('client.crt'), key: pem('client.key') };
const ANSWER = '{"object":"list","model":"m","data":[],"usage":{"prompt_tokens":3,"total_tokens":3}}';

interface Seen {
  readonly status: number;
  /** Whom the server's certificate names. */
  readonly server: string;
  readonly protocol: string | null;
}

/** One request over a connection of its own; rejects when there is no secure connection or no answer. */
function get(url: string, options: RequestOptions = {}): Promise<Seen> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { ca, agent: false, ...options }, (answer) => {
      const { socket } = answer;
      if (!(socket instanceof TLSSocket)) throw new Error('this is no TLS');
      const server = String(socket.getPeerCertificate().subject.CN);
      resolve({ status: answer.statusCode ?? 0, server, protocol: socket.getProtocol() });
      answer.resume();
    });
    asked.on('error', reject).end();
  });
}

let upstream: RawUpstream;
let files: TemporaryFolder;

beforeAll(async () => {
  upstream = await startRawUpstream((socket) => {
    const fields = [
      ['content-type', 'application/json'],
      ['content-length', String(ANSWER.length)],
    ] as const;
    socket.write(Buffer.concat([head('200 OK', fields), Buffer.from(ANSWER)]));
  });
  files = temporaryFolder();
});
afterAll(async () => {
  await upstream.close();
  files.remove();
});

const put = (name: string): void => {
  files.write('tls.crt', pem(`${name}.crt`));
  files.write('tls.key', pem(`${name}.key`));
};

describe('serve with certificates', () => {
  let serve: ServeProcess;

  beforeAll(async () => {
    put('server');
    files.write('ca.crt', ca);
    const tls = `cert: ${files.path}/tls.crt, key: ${files.path}/tls.key`;
    serve = await startServe(
      `gateway: { tls: { ${tls} } }\nexporter: { tls: { ${tls}, clientCa: ${files.path}/ca.crt } }\n`,
      {
        OPENAI_BASE_URL: upstream.baseUrl,
      },
    );
  });
  afterAll(async () => {
    await serve.stop();
  });

  test('speaks TLS 1.3 on both ports, and says so in the addresses that it prints', async () => {
    expect([serve.gatewayUrl, serve.metricsUrl]).toEqual([
      expect.stringMatching(/^https:/),
      expect.stringMatching(/^https:/),
    ]);
    expect(await get(`${serve.gatewayUrl}/healthz`)).toEqual({ status: 200, server: 'server', protocol: 'TLSv1.3' });
    expect(await get(`${serve.metricsUrl}/metrics`, CLIENT)).toEqual({
      status: 200,
      server: 'server',
      protocol: 'TLSv1.3',
    });
  });

  test('carries the calls of the real SDK', async () => {
    const dispatcher = new Agent({ connect: { ca } });
    const client = new OpenAI({
      apiKey: 'sk-x',
      baseURL: `${serve.gatewayUrl}/v1`,
      fetchOptions: { dispatcher },
    });
    const { usage } = await client.embeddings.create({ model: 'm', input: 'x', encoding_format: 'float' });
    expect(usage.total_tokens).toBe(3);
    await dispatcher.close();
  });

  test.each<[string, RequestOptions]>([
    ['no certificate', {}],
    ['a certificate that somebody else has signed', { cert: pem('stranger.crt'), key: pem('stranger.key') }],
  ])('lets nobody at /metrics who shows %s where clientCa is set', async (_name, shown) => {
    await expect(get(`${serve.metricsUrl}/metrics`, shown)).rejects.toThrow();
    expect((await get(`${serve.metricsUrl}/healthz`, CLIENT)).status).toBe(200);
  });

  test('refuses what is older than TLS 1.2', async () => {
    const old = { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
    await expect(get(`${serve.gatewayUrl}/healthz`, old)).rejects.toThrow();
  });

  test.each([
    ['HTTP without TLS', 'GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n'],
    ['a handshake that is none', '\x16\x03\x01\x00\x07garbage'],
    ['null bytes', '\0'.repeat(1000)],
  ])('closes a connection with %s, and lives on', async (_name, bytes) => {
    for (const port of [serve.gatewayPort, serve.metricsPort]) {
      expect(await (await rawClient(port, bytes)).closed()).not.toContain('200 OK');
    }
    expect((await get(`${serve.gatewayUrl}/healthz`)).status).toBe(200);
    expect((await get(`${serve.metricsUrl}/healthz`, CLIENT)).status).toBe(200);
  });

  test('keeps its certificate while the new one is half written, and takes it once it is whole', async () => {
    files.write('tls.crt', pem('renewed.crt'));
    await eventually('the mistake to be logged', () =>
      Promise.resolve(serve.err.find((line) => line.includes('belong together'))),
    );
    expect((await get(`${serve.gatewayUrl}/healthz`)).server).toBe('server');

    put('renewed');
    for (const url of [serve.gatewayUrl, serve.metricsUrl]) {
      await eventually('the new certificate', async () =>
        (await get(`${url}/healthz`, CLIENT)).server === 'renewed' ? true : undefined,
      );
    }
    await expect(get(`${serve.metricsUrl}/healthz`)).rejects.toThrow();
    expect(serve.err.join('\n')).not.toContain('PRIVATE');
  });
});

describe('over TLS, too', () => {
  const tls = { cert: pem('server.crt'), key: pem('server.key') };

  test('an answer that breaks off is a broken one', async () => {
    const broken = await startRawUpstream((socket) => {
      socket.write(
        Buffer.concat([head('200 OK', [['transfer-encoding', 'chunked']]), chunk(Buffer.from('begun'))]),
        () => socket.resetAndDestroy(),
      );
    });
    const { gateway, port, reporter } = await startGateway(broken.baseUrl, { tls });
    const outcome = await new Promise((resolve) => {
      const asked = request({ port, host: '127.0.0.1', path: '/v1/models', ca, agent: false }, (answer) => {
        answer
          .on('error', () => undefined)
          .on('close', () => resolve(answer.complete ? 'whole' : 'broken'))
          .resume();
      });
      asked.on('error', () => resolve('none')).end();
    });
    expect(outcome).not.toBe('whole');
    await until(() => reporter.ended.length === 1, 'the end of the call');
    expect(reporter.ended[0]![0]).toBe('ai_request_error');
    await gateway.close(0);
    await broken.close();
  });

  test('a WebSocket reaches the upstream', async () => {
    const { gateway, port } = await startGateway(upstream.baseUrl, { tls });
    upstream.requests.length = 0;
    const socket = new WebSocket(`wss://127.0.0.1:${port}/v1/realtime`, { ca }).on('error', () => undefined);
    await until(() => upstream.requests.length === 1, 'the request at the upstream');
    expect(upstream.requests[0]?.headers['upgrade']).toBe('websocket');
    socket.terminate();
    await gateway.close(0);
  });
});

test.each([
  [
    'a path that is not absolute',
    'gateway: { tls: { cert: tls.crt, key: /k } }',
    /gateway\.tls\.cert: .* the path of a PEM file is allowed, from \/ on/,
  ],
  ['a certificate without a key', 'exporter: { tls: { cert: /c } }', /exporter\.tls\.key: found nothing; /],
])('%s is a mistake', (_name, yaml, problem) => {
  expect(problemsOf(yaml).join('\n')).toMatch(problem);
});

test('a file that is not there is named when serve starts', async () => {
  await expect(startServe('exporter: { tls: { cert: /nowhere/c, key: /nowhere/k } }')).rejects.toThrow(
    "exporter.tls: the file /nowhere/c can't be read here; put it there or correct its path",
  );
});
