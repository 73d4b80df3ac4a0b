import { setTimeout as wait } from 'node:timers/promises';
import OpenAI from 'openai';
import { createSimulator, type Simulator } from '../../../src/simulator/index.js';
import { eventually } from '../../helpers/eventually.js';
import { rawHttp } from '../../helpers/rawHttp.js';
import { startPromptmeter, type PromptmeterProcess } from '../../helpers/promptmeterProcess.js';
import { temporaryFolder, type TemporaryFolder } from '../../helpers/temporaryFolder.js';

const CLIENTS = 12;
const messages = [{ role: 'user' as const, content: 'Name a colour, please.' }];

let simulator: Simulator;
let folder: TemporaryFolder;
let running: PromptmeterProcess | undefined;
let gatewayUrl: string;
let metricsUrl: string;

/** One Promptmeter for all, since it takes a while to start three processes. */
beforeAll(async () => {
  simulator = createSimulator({ seed: 1, speed: Infinity });
  const { url } = await simulator.listen();
  folder = temporaryFolder();
  folder.write('promptmeter.yaml', 'gateway: { workers: 2 }\n');
  running = startPromptmeter(['serve'], {
    cwd: folder.path,
    env: {
      NODE_ENV: 'production',
      PROMPTMETER_GATEWAY_PORT: '0',
      PROMPTMETER_METRICS_PORT: '0',
      OPENAI_BASE_URL: `${url}/v1`,
    },
  });
  await running.printed(2);
  [gatewayUrl = '', metricsUrl = ''] = running.out.map((line) => (JSON.parse(line) as { url: string }).url);
});
afterAll(async () => {
  running?.kill('SIGKILL');
  await running?.exit;
  await simulator.close();
  folder.remove();
});

test('calls of several workers add up to what the API gave out, and outcomes find theirs', async () => {
  const ids = await Promise.all(Array.from({ length: CLIENTS }, (_, at) => callOnce(at % 2 === 0)));

  const metrics = await scrape();
  const rows = simulator.ledger.report().rows;
  expect(sum(metrics, 'ai_requests_total', /status="success/)).toBe(CLIENTS);
  expect(sum(metrics, 'ai_requests_total')).toBe(rows.reduce((all, { calls }) => all + calls, 0));
  expect(sum(metrics, 'ai_token_usage_total', /token_type="completion"/)).toBe(
    rows.reduce((all, { completionTokens }) => all + completionTokens, 0),
  );
  expect(sum(metrics, 'ai_requests_in_flight')).toBe(0);
  expect(sum(metrics, 'promptmeter_gateway_overhead_ms_count')).toBe(CLIENTS);
  const outcomes = ids.map((correlationId) => ({ correlationId, outcome: 'accepted' }));
  const told = await fetch(`${metricsUrl}/outcomes`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(outcomes),
  });
  expect(await told.json()).toMatchObject({ matched: CLIENTS, unknown_call: 0 });
});

test('a worker that is killed under load takes no count with it, its open calls count as failed, and another is started', async () => {
  simulator.ledger.reset();
  const before = await scrape();
  const grown = (metrics: string, name: string, labels?: RegExp): number =>
    sum(metrics, name, labels) - sum(before, name, labels);
  let answered = 0;
  let enough = false;
  const call = async (streams: boolean): Promise<void> => {
    while (!enough) {
      try {
        await callOnce(streams);
        answered += 1;
      } catch {
        // The connection broke with the worker; none can be had until another runs.
        await wait(5);
      }
    }
  };
  const load = Array.from({ length: CLIENTS }, (_, at) => call(at % 2 === 0));
  const waitForMore = async (calls: number): Promise<void> => {
    const wanted = answered + calls;
    await eventually(`${calls} more calls`, () => Promise.resolve(answered >= wanted || undefined));
  };
  await waitForMore(5 * CLIENTS);
  const [victim] = workers();
  process.kill(victim ?? NaN, 'SIGKILL');
  await eventually('another worker', () => Promise.resolve(workers().length === 3 || undefined));
  await waitForMore(2 * CLIENTS);
  enough = true;
  await Promise.all(load);

  const metrics = await scrape();
  const seen = simulator.ledger.report().rows.reduce((all, { calls }) => all + calls, 0);
  const succeeded = grown(metrics, 'ai_requests_total', /status="success/);
  // Each client has one call at a time, and only what was under way at the kill can be told differently.
  expect(Math.abs(succeeded - answered)).toBeLessThanOrEqual(CLIENTS);
  expect(Math.abs(grown(metrics, 'ai_requests_total') - seen)).toBeLessThanOrEqual(CLIENTS);
  expect(grown(metrics, 'ai_errors_total')).toBe(grown(metrics, 'ai_requests_total') - succeeded);
  expect(sum(metrics, 'ai_requests_in_flight')).toBe(0);
  const [lost] = logged('A worker of the gateway ended');
  expect(lost).toMatchObject({
    level: 'error',
    pid: victim,
    signal: 'SIGKILL',
    lostCalls: grown(metrics, 'ai_errors_total'),
  });
});

test('a worker that takes nothing any more and then dies holds no connection that others could answer, and another is started', async () => {
  const begun = workers().length;
  const [victim] = workers().slice(-1);
  process.kill(victim ?? NaN, 'SIGSTOP');
  const request = 'GET /v1/models HTTP/1.1\r\nhost: x\r\nauthorization: Bearer sk-test\r\nconnection: close\r\n\r\n';
  const port = Number(new URL(gatewayUrl).port);
  const answers = await Promise.all(Array.from({ length: CLIENTS }, () => rawHttp(port, request)));
  process.kill(victim ?? NaN, 'SIGKILL');

  expect(answers.filter((answer) => !answer.startsWith('HTTP/1.1 200 '))).toEqual([]);
  await eventually('another worker', () => Promise.resolve(workers().length > begun || undefined));
  expect(sum(await scrape(), 'ai_requests_in_flight')).toBe(0);
});

test('SIGTERM waits for a stream that runs in a worker, counts its end and then ends everything', async () => {
  const killed = logged('A worker of the gateway ended').length;
  const client = new OpenAI({ apiKey: 'sk-test', baseURL: `${gatewayUrl}/v1`, maxRetries: 0 });
  const headers = { 'x-simulate': 'stall=3' };
  const stream = await client.chat.completions.create({ model: 'gpt-4o-mini', messages, stream: true }, { headers });
  const chunks = stream[Symbol.asyncIterator]();
  await chunks.next();
  running?.kill('SIGTERM');
  await eventually('word of the end', () => Promise.resolve(logged('Stopping')[0]));

  expect(sum(await scrape(), 'ai_requests_in_flight')).toBe(1);
  stream.controller.abort();
  await eventually('the count of the stream', async () => {
    const aborted = sum(await scrape(), 'ai_requests_total', /aborted_stream/);
    return aborted === 1 || undefined;
  });
  // It goes on answering until it was scraped after the last call.
  await eventually('no more answers', () =>
    scrape().then(
      () => undefined,
      () => true,
    ),
  );
  expect(await running?.exit).toBe(0);
  expect(logged('A worker of the gateway ended')).toHaveLength(killed);
});

/** Makes one call and returns its correlation id. */
async function callOnce(streams: boolean): Promise<string> {
  const response = await fetch(`${gatewayUrl}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer sk-test' },
    body: JSON.stringify({ model: 'gpt-4o-mini', messages, stream: streams }),
  });
  await response.text();
  if (response.status !== 200) throw new Error(`answered with ${response.status}`);
  return response.headers.get('x-promptmeter-id') ?? '';
}

const scrape = async (): Promise<string> => (await fetch(`${metricsUrl}/metrics`)).text();

function sum(metrics: string, name: string, labels = /^/): number {
  const lines = metrics.split('\n').filter((line) => line.startsWith(name) && labels.test(line));
  return lines.reduce((all, line) => all + Number(line.slice(line.lastIndexOf(' '))), 0);
}

function logged(message: string): Record<string, unknown>[] {
  return (running?.err ?? [])
    .filter((line) => line.includes(message))
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** Process ids of every worker that has begun to take calls. */
const workers = (): number[] => logged('takes calls').map(({ pid }) => Number(pid));
