import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startPromptmeter, type PromptmeterProcess } from '../../helpers/promptmeterProcess.js';
import { temporaryFolder, type TemporaryFolder } from '../../helpers/temporaryFolder.js';

let folder: TemporaryFolder;
let running: PromptmeterProcess | undefined;

beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(async () => {
  running?.kill('SIGTERM');
  await running?.exit;
  folder.remove();
});

async function serve(env: Record<string, string> = {}): Promise<string> {
  const ports = { PROMPTMETER_GATEWAY_PORT: '0', PROMPTMETER_METRICS_PORT: '0' };
  running = startPromptmeter(['serve'], { cwd: folder.path, env: { ...ports, ...env } });
  await running.printed(2);
  const listeners = running.out.map((line) => JSON.parse(line) as { listening: string; url: string });
  return listeners.find(({ listening }) => listening === 'metrics')!.url;
}

test('the dashboards are drawn at /dashboards from the Prometheus that PROMPTMETER_PROMETHEUS_URL names', async () => {
  const asked: (string | undefined)[] = [];
  const prometheus = createServer((request, response) => {
    asked.push(request.url);
    response.setHeader('content-type', 'application/json').end('{"status":"success","data":{"result":[]}}');
  });
  await new Promise<void>((listening) => prometheus.listen(0, '127.0.0.1', listening));
  const { port } = prometheus.address() as AddressInfo;
  const url = await serve({ PROMPTMETER_PROMETHEUS_URL: `http://127.0.0.1:${port}` });

  const page = await fetch(`${url}/dashboards/d/promptmeter-overview`);
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  const { dashboards } = (await (await fetch(`${url}/dashboards/api/dashboards`)).json()) as {
    dashboards: { uid: string }[];
  };
  expect(dashboards.map(({ uid }) => uid)).toContain('promptmeter-overview');
  expect((await fetch(`${url}/dashboards/prometheus/api/v1/query?query=up`)).status).toBe(200);
  expect((await fetch(`${url}/dashboards/prometheus/api/v1/admin/tsdb/snapshot`, { method: 'POST' })).status).toBe(404);
  expect(asked).toEqual([expect.stringContaining('/api/v1/query')]);
  prometheus.close();
});

test('where /metrics needs a token there is no /dashboards, which would read the same numbers without one', async () => {
  const url = await serve({ PROMPTMETER_METRICS_TOKEN: 'metrics-token-for-tests' });

  expect((await fetch(`${url}/dashboards/`)).status).toBe(404);
});

test('the page that an alert links to is shown at /runbooks', async () => {
  const url = await serve();
  const runbook = await fetch(`${url}/runbooks/AIErrorRatioHigh.md`);

  expect([runbook.status, runbook.headers.get('content-type')]).toEqual([200, 'text/plain; charset=utf-8']);
  expect(await runbook.text()).toContain('AIErrorRatioHigh');
  for (const missing of ['/runbooks/None.md', '/runbooks/..%2f..%2fpackage.json']) {
    expect((await fetch(`${url}${missing}`)).status).toBe(404);
  }
});
