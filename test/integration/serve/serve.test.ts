import { createServer, type AddressInfo, type Server } from 'node:net';
import OpenAI from 'openai';
import { startPromptmeter, type PromptmeterProcess } from '../../helpers/promptmeterProcess.js';
import { startRawUpstream, type RawUpstream } from '../../helpers/rawUpstream.js';
import { temporaryFolder, type TemporaryFolder } from '../../helpers/temporaryFolder.js';
import { until } from '../../helpers/until.js';

const ADMIN = 'admin-token-for-tests';
const USAGE = { prompt_tokens: 1000, completion_tokens: 100, total_tokens: 1100 };
const CHAT = JSON.stringify({
  id: 'chatcmpl-1',
  object: 'chat.completion',
  model: 'gpt-4o-2024-08-06',
  choices: [{ index: 0, message: { role: 'assistant', content: 'Hello' }, finish_reason: 'stop' }],
  usage: USAGE,
});
const chunk = (fields: object) =>
  `data: ${JSON.stringify({ id: 'chatcmpl-2', object: 'chat.completion.chunk', model: 'gpt-4o-2024-08-06', ...fields })}\n\n`;
const said = (content: string) => chunk({ choices: [{ index: 0, delta: { content }, finish_reason: null }] });
const END = `${chunk({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] })}${chunk({ choices: [], usage: USAGE })}data: [DONE]\n\n`;

/** Answers whole, or begins a stream that ends when the test says so. */
let endStreams: () => void;
let upstream: RawUpstream;
let folder: TemporaryFolder;
let running: PromptmeterProcess | undefined;

beforeEach(async () => {
  folder = temporaryFolder();
  const mayEnd = new Promise<void>((resolve) => (endStreams = resolve));
  upstream = await startRawUpstream(async (socket, request) => {
    if (!request.body.includes('"stream":true')) {
      socket.write(
        `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${CHAT.length}\r\n\r\n${CHAT}`,
      );
      return;
    }
    socket.write(
      `HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n${said('one ')}${said('two ')}`,
    );
    await mayEnd;
    socket.end(`${said('three')}${END}`);
  });
});
afterEach(async () => {
  running?.kill('SIGKILL');
  await running?.exit;
  running = undefined;
  await upstream.close();
  folder.remove();
});

async function serve(env: Record<string, string> = {}) {
  const started = startPromptmeter(['serve'], {
    cwd: folder.path,
    env: {
      PROMPTMETER_GATEWAY_PORT: '0',
      PROMPTMETER_METRICS_PORT: '0',
      PROMPTMETER_ADMIN_TOKEN: ADMIN,
      OPENAI_BASE_URL: upstream.baseUrl,
      ...env,
    },
  });
  running = started;
  await started.printed(2);
  const urls = started.out.map((line) => JSON.parse(line) as { listening: string; url: string });
  const [gateway, metrics] = urls;
  if (gateway === undefined || metrics === undefined)
    throw new Error(`serve did not start:\n${started.err.join('\n')}`);
  const client = new OpenAI({ apiKey: 'sk-test-key-of-the-caller', baseURL: `${gateway.url}/v1`, maxRetries: 0 });
  return { ...started, urls, client, gatewayUrl: gateway.url, metricsUrl: metrics.url };
}

const messages = [{ role: 'user' as const, content: 'a secret question' }];

test('serve prints where it listens, carries the calls of the real SDK and shows them in /metrics and /metrics/ai', async () => {
  const { urls, client, metricsUrl, err, out } = await serve();
  expect(urls.map(({ listening }) => listening)).toEqual(['gateway', 'metrics']);

  const answer = await client.chat.completions.create(
    { model: 'gpt-4o', messages },
    { headers: { 'x-promptmeter-app': 'shop' } },
  );
  expect(answer.choices[0]?.message.content).toBe('Hello');
  endStreams();
  let text = '';
  for await (const part of await client.chat.completions.create({ model: 'gpt-4o', messages, stream: true })) {
    text += part.choices[0]?.delta.content ?? '';
  }
  expect(text).toBe('one two three');

  const metrics = await (await fetch(`${metricsUrl}/metrics`)).text();
  expect(metrics).toMatch(/ai_requests_total\{.*status="success",.*app="shop".*\} 1/);
  expect(metrics).toMatch(/ai_requests_total\{.*status="success_stream".*\} 1/);
  expect(metrics).toMatch(/ai_cost_usd_total\{.*app="shop".*\} 0\.0035/);
  expect(metrics).toMatch(/promptmeter_build_info\{version="\d+\.\d+\.\d+"/);
  const ai = await fetch(`${metricsUrl}/metrics/ai`, { headers: { authorization: `Bearer ${ADMIN}` } });
  expect(ai.status).toBe(200);
  expect(JSON.stringify(await ai.json())).toContain('gpt-4o');

  expect(out).toHaveLength(2);
  const log = err.join('\n');
  expect(log).toContain('[Metrics Event] ai_request_complete');
  expect(log).not.toMatch(/a secret question|Hello|sk-test-key/);
});

test('bound to every address, serve prints URLs that can be called', async () => {
  const { urls, gatewayUrl } = await serve({ PROMPTMETER_HOST: '0.0.0.0' });
  for (const { url } of urls) expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect((await fetch(`${gatewayUrl}/v1/chat/completions`, { method: 'POST', body: '{}' })).status).toBe(200);
});

test('in production only Prometheus is reported to, and the log stays quiet', async () => {
  const { client, metricsUrl, err } = await serve({ NODE_ENV: 'production' });
  await client.chat.completions.create({ model: 'gpt-4o', messages });
  expect(await (await fetch(`${metricsUrl}/metrics`)).text()).toMatch(/ai_requests_total\{.*status="success".*\} 1/);
  expect(err.map((line) => (JSON.parse(line) as { message: string }).message)).toEqual(['Taking calls']);
});

test('told to stop, serve takes no more calls, says so on /readyz, lets the running stream finish and ends with 0', async () => {
  const { client, metricsUrl, gatewayUrl, kill, exit, err } = await serve();
  const stream = await client.chat.completions.create({ model: 'gpt-4o', messages, stream: true });
  const parts = stream[Symbol.asyncIterator]();
  await parts.next();
  expect((await fetch(`${metricsUrl}/readyz`)).status).toBe(200);

  kill('SIGTERM');
  await until(() => err.some((line) => line.includes('Stopping')), 'the drain to begin');
  expect((await fetch(`${metricsUrl}/readyz`)).status).toBe(503);
  expect((await fetch(`${metricsUrl}/healthz`)).status).toBe(200);
  await expect(fetch(`${gatewayUrl}/v1/models`)).rejects.toThrow('fetch failed');

  endStreams();
  let text = '';
  for (let part = await parts.next(); part.done !== true; part = await parts.next()) {
    text += part.value.choices[0]?.delta.content ?? '';
  }
  expect(text).toBe('two three');
  expect(await exit).toBe(0);
  expect(err.join('\n')).toContain('[Metrics Event] ai_stream_complete');
  expect(err.at(-1)).toContain('Stopped');
});

test('told to stop twice, serve ends at once, with a stream still running', async () => {
  const { client, kill, exit, err } = await serve();
  const stream = await client.chat.completions.create({ model: 'gpt-4o', messages, stream: true });
  await stream[Symbol.asyncIterator]().next();
  kill('SIGTERM');
  await until(() => err.some((line) => line.includes('Stopping')), 'the drain to begin');
  const again = setInterval(() => kill('SIGTERM'), 100);
  expect(await exit).toBe(143);
  clearInterval(again);
});

describe('serve that can not start ends with one sentence, nothing on standard output, and', () => {
  const taken = async (): Promise<Server> => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return server;
  };

  test.each(['PROMPTMETER_GATEWAY_PORT', 'PROMPTMETER_METRICS_PORT'])(
    '69 when the port of %s is in use',
    async (variable) => {
      const server = await taken();
      const { port } = server.address() as AddressInfo;
      const env = { PROMPTMETER_GATEWAY_PORT: '0', PROMPTMETER_METRICS_PORT: '0', [variable]: String(port) };
      const started = startPromptmeter(['serve'], { cwd: folder.path, env });
      expect(await started.exit).toBe(69);
      expect(started.out).toEqual([]);
      expect(started.err).toHaveLength(1);
      expect(started.err[0]).toMatch(new RegExp(`^promptmeter: .*${port}.*in use.*${variable}`));
      server.close();
    },
  );

  test('78 when the configuration has mistakes, each of which is named', async () => {
    folder.write('promptmeter.yaml', 'limits: { models: 0 }\nbudgts: []\n');
    const started = startPromptmeter(['serve'], { cwd: folder.path, env: { LOG_LEVEL: 'loud' } });
    expect(await started.exit).toBe(78);
    expect(started.out).toEqual([]);
    expect(started.err).toEqual([
      'promptmeter: promptmeter.yaml with the environment has 3 problems:',
      '  limits.models: found 0; a number from 1 is allowed',
      '  budgts: this key is not known; did you mean budgets?',
      '  LOG_LEVEL: found "loud"; fatal, error, warn, info, debug, trace and silent are allowed',
    ]);
  });
});
