import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { withPreview } from '../../helpers/withPreview.js';

interface Seen {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly authorization: string | undefined;
  readonly body: string;
}

let server: Server;
let port: number;
let seen: Seen[];

beforeEach(async () => {
  seen = [];
  server = createServer((req, res) => {
    void bodyOf(req).then((body) => {
      seen.push({ method: req.method, url: req.url, authorization: req.headers.authorization, body });
      res.writeHead(200, { 'content-type': 'application/json' }).end('{"status":"success","data":[]}');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

test.each([
  ['GET', 'query?query=up'],
  ['POST', 'query'],
  ['GET', 'query_range?query=up&start=0&end=1&step=1'],
  ['POST', 'query_exemplars'],
  ['GET', 'label/model/values'],
  ['GET', 'labels'],
  ['GET', 'series?match[]=up'],
])('%s %s reaches Prometheus', async (method, path) => {
  await withPreview({ prometheusUrl: `http://127.0.0.1:${port}` }, async (url) => {
    const answer = await fetch(`${url}/prometheus/api/v1/${path}`, { method });
    expect([answer.status, await answer.json()]).toEqual([200, { status: 'success', data: [] }]);
    expect(seen).toHaveLength(1);
  });
});

test.each([
  ['GET', '/prometheus/api/v1/admin/tsdb/snapshot'],
  ['POST', '/prometheus/api/v1/admin/tsdb/delete_series?match[]=up'],
  ['GET', '/prometheus/api/v1/status/config'],
  ['GET', '/prometheus/api/v1/targets'],
  ['GET', '/prometheus/api/v1/query/../admin'],
  ['GET', '/prometheus/api/v1/query%2f..%2fadmin'],
  ['GET', '/prometheus/api/v1/label/a%2fb/values'],
  ['GET', '/prometheus/api/v1/label/../../status/values'],
  ['DELETE', '/prometheus/api/v1/query'],
  ['PUT', '/prometheus/api/v1/series'],
  ['POST', '/prometheus/api/v1/label/model/values'],
  ['POST', '/prometheus/-/reload'],
  ['POST', '/prometheus/-/quit'],
  ['GET', '/prometheus/metrics'],
  ['POST', '/'],
  ['GET', '/api/dashboards/..%2f..%2fpackage'],
  ['GET', '/assets/../package.json'],
  ['GET', '/assets/main.js.map'],
])('%s %s is not there, and Prometheus hears nothing of it', async (method, path) => {
  await withPreview({ prometheusUrl: `http://127.0.0.1:${port}` }, async (url) => {
    expect((await fetch(`${url}${path}`, { method })).status).toBe(404);
    expect(seen).toEqual([]);
  });
});

test('only the parameters of a query go along, with a bound on its time', async () => {
  await withPreview({ prometheusUrl: `http://me:pass@127.0.0.1:${port}/prom/` }, async (url) => {
    const body = new URLSearchParams({ query: 'up', time: '5', timeout: '1h', stats: 'all' });
    await fetch(`${url}/prometheus/api/v1/query`, { method: 'POST', body });
    expect(seen).toEqual([
      {
        method: 'POST',
        url: '/prom/api/v1/query',
        authorization: `Basic ${Buffer.from('me:pass').toString('base64')}`,
        body: 'query=up&time=5&timeout=10000ms',
      },
    ]);
  });
});

test('a query that is too long is refused and goes nowhere', async () => {
  await withPreview({ prometheusUrl: `http://127.0.0.1:${port}` }, async (url) => {
    const body = new URLSearchParams({ query: 'x'.repeat(70_000) });
    const answer = await fetch(`${url}/prometheus/api/v1/query`, { method: 'POST', body });
    expect([answer.status, await answer.json()]).toMatchObject([
      413,
      { error: expect.stringContaining('65536') as string },
    ]);
    expect(seen).toEqual([]);
  });
});

test('more queries than may wait are turned away', async () => {
  server.removeAllListeners('request');
  const limits = { concurrent: 1, waiting: 1, timeoutMs: 500 };
  await withPreview({ prometheusUrl: `http://127.0.0.1:${port}`, limits }, async (url) => {
    const answers = Array.from({ length: 5 }, () => fetch(`${url}/prometheus/api/v1/query?query=up`));
    const statuses = (await Promise.all(answers)).map(({ status }) => status).sort();
    expect(statuses).toEqual([503, 503, 503, 504, 504]);
  });
});

test('pages allow scripts and connections of this server only', async () => {
  await withPreview({ prometheusUrl: `http://127.0.0.1:${port}` }, async (url) => {
    const { headers } = await fetch(`${url}/`);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });
});

async function bodyOf(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of req as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
