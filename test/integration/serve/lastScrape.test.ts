import { Agent, get } from 'node:http';
import OpenAI from 'openai';
import { createSimulator, type Simulator } from '../../../src/simulator/index.js';
import { startPromptmeter, type PromptmeterProcess } from '../../helpers/promptmeterProcess.js';
import { temporaryFolder, type TemporaryFolder } from '../../helpers/temporaryFolder.js';
import { until } from '../../helpers/until.js';

let folder: TemporaryFolder;
let simulator: Simulator;
let serve: PromptmeterProcess;
let client: OpenAI;
let metricsUrl: string;

beforeEach(async () => {
  folder = temporaryFolder();
  simulator = createSimulator({ speed: Infinity });
  const { url } = await simulator.listen();
  serve = startPromptmeter(['serve'], {
    cwd: folder.path,
    env: { PROMPTMETER_GATEWAY_PORT: '0', PROMPTMETER_METRICS_PORT: '0', OPENAI_BASE_URL: `${url}/v1` },
  });
  await serve.printed(2);
  const [gateway, metrics] = serve.out.map((line) => (JSON.parse(line) as { url: string }).url);
  metricsUrl = `${metrics}/metrics`;
  client = new OpenAI({ apiKey: 'sk-test', baseURL: `${gateway}/v1`, maxRetries: 0 });
});

afterEach(async () => {
  serve.kill('SIGKILL');
  await serve.exit;
  await simulator.close();
  agent.destroy();
  folder.remove();
});

const messages = [{ role: 'user' as const, content: 'Hello' }];
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const scrape = (): Promise<string> =>
  new Promise((resolve, reject) => {
    get(metricsUrl, { agent }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.on('end', () => resolve(text));
    }).on('error', reject);
  });
const ask = (): Promise<unknown> => client.chat.completions.create({ model: 'gpt-4o-mini', messages });
const counted = (text: string): number =>
  [...text.matchAll(/^ai_requests_total\{.*\} (\d+)$/gm)].reduce((sum, [, value]) => sum + Number(value), 0);

test('told to stop, serve stays until whoever scrapes regularly has fetched the last counts', async () => {
  await scrape();
  expect(counted(await scrape())).toBe(0);
  await ask();
  serve.kill('SIGTERM');
  await until(() => serve.err.some((line) => line.includes('Stopping')), 'serve to stop');
  await expect(ask()).rejects.toThrow('Connection error');
  expect(counted(await scrape())).toBe(1);
  expect(await serve.exit).toBe(0);
});
