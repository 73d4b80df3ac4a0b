import { Agent, get } from 'node:http';
import { createExporter, type Exporter } from '../../../src/exporter/createExporter.js';
import { PrometheusMetricsReporter } from '../../../src/reporters/PrometheusMetricsReporter.js';

const HOUR_MS = 3_600_000;

let exporter: Exporter;
let url: string;
let agent: Agent;

beforeEach(async () => {
  exporter = createExporter({ host: '127.0.0.1', port: 0, metrics: new PrometheusMetricsReporter() });
  ({ url } = await exporter.listen());
  agent = new Agent({ keepAlive: true, maxSockets: 1 });
});

afterEach(async () => {
  agent.destroy();
  await exporter.close();
});

const fetched = (path: string): Promise<void> =>
  new Promise((resolve, reject) => {
    get(`${url}${path}`, { agent }, (response) => response.resume().on('end', resolve)).on('error', reject);
  });

/** Whether it is still waited for, once a request that came later was answered. */
async function isWaiting(waited: Promise<void>): Promise<boolean> {
  let settled = false;
  void waited.then(() => (settled = true));
  await fetch(`${url}/healthz`);
  return !settled;
}

test.each<[string, readonly string[]]>([
  ['nobody came', []],
  ['somebody came once', ['/metrics']],
  ['somebody asks again and again for something else', ['/healthz', '/healthz', '/healthz']],
  ['somebody asks again and again for what is not there', ['/metrics/none', '/metrics/none', '/metrics/none']],
])('there is no scrape to wait for when %s', async (_, paths) => {
  for (const path of paths) await fetched(path);
  await exporter.scrapedOnceMore(HOUR_MS);
});

describe('somebody who scrapes regularly', () => {
  beforeEach(async () => {
    await fetched('/metrics');
    await fetched('/metrics');
  });

  test('is waited for until the next scrape', async () => {
    const waited = exporter.scrapedOnceMore(HOUR_MS);
    expect(await isWaiting(waited)).toBe(true);
    await fetched('/metrics');
    await waited;
  });

  test('is waited for no longer when the connection is closed', async () => {
    const waited = exporter.scrapedOnceMore(HOUR_MS);
    expect(await isWaiting(waited)).toBe(true);
    agent.destroy();
    await waited;
  });

  test('is waited for no longer than was said', async () => {
    await exporter.scrapedOnceMore(1);
  });
});
