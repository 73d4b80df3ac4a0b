import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MissingServiceError } from '../../../src/errors.js';
import { createExporter } from '../../../src/exporter/createExporter.js';
import { PrometheusMetricsReporter } from '../../../src/reporters/PrometheusMetricsReporter.js';
import { rawHttp } from '../../helpers/rawHttp.js';
import { withExporter } from '../../helpers/withExporter.js';

describe('/healthz and /readyz', () => {
  test('answer 200 while calls are taken', async () => {
    await withExporter({}, async ({ url }) => {
      expect(await (await fetch(`${url}/healthz`)).json()).toEqual({ status: 'ok' });
      expect(await (await fetch(`${url}/readyz`)).json()).toEqual({ status: 'ready' });
    });
  });

  test.each([
    ['draining: 3 calls are running', 'draining: 3 calls are running'],
    [false, 'not ready yet'],
  ])('while ready() is %p only /readyz answers 503, with the reason', async (state, reason) => {
    await withExporter({ ready: () => state }, async ({ url }) => {
      const response = await fetch(`${url}/readyz`);

      expect([response.status, await response.json()]).toEqual([503, { status: 'not ready', reason }]);
      expect((await fetch(`${url}/healthz`)).status).toBe(200);
    });
  });

  test('/readyz answers 500 when ready() throws, and tells nothing of the inside', async () => {
    const ready = (): never => {
      throw new Error('/etc/secret');
    };
    await withExporter({ ready }, async ({ url }) => {
      const response = await fetch(`${url}/readyz`);

      expect(response.status).toBe(500);
      expect(await response.text()).not.toContain('secret');
    });
  });
});

describe('GET /', () => {
  test('lists the routes, for programs and for people', async () => {
    await withExporter({}, async ({ url }) => {
      const { routes } = (await (await fetch(url)).json()) as { routes: Record<string, string> };
      const html = await (await fetch(url, { headers: { accept: 'text/html' } })).text();

      expect(Object.keys(routes)).toEqual(['/metrics', '/metrics/ai', '/alerts', '/healthz', '/readyz']);
      for (const route of Object.keys(routes)) expect(html).toContain(`<a href="${route}">`);
    });
  });
});

describe('what there is not', () => {
  test.each(['/nothing', '/metrics/other', '/alerts/1', '/%2e%2e/etc/passwd'])(
    '%s is answered with 404 as JSON',
    async (path) => {
      await withExporter({}, async ({ url }) => {
        const response = await fetch(`${url}${path}`);

        expect([response.status, await response.json()]).toEqual([
          404,
          { error: { code: 'not_found', message: 'there is nothing here; / lists what there is' } },
        ]);
      });
    },
  );

  test.each([
    ['DELETE', '/', 'GET, HEAD'],
    ['POST', '/metrics', 'GET, HEAD'],
    ['PUT', '/metrics/ai', 'GET, HEAD'],
    ['PUT', '/alerts', 'GET, HEAD, POST'],
    ['POST', '/healthz', 'GET, HEAD'],
    ['PATCH', '/readyz', 'GET, HEAD'],
  ])('%s %s is answered with 405 and the methods that are', async (method, path, allow) => {
    await withExporter({}, async ({ url }) => {
      const response = await fetch(`${url}${path}`, { method });

      expect([response.status, response.headers.get('allow')]).toEqual([405, allow]);
    });
  });
});

test.each(['/', '/metrics', '/metrics/ai', '/alerts', '/healthz', '/nothing'])(
  '%s is sent with security headers and without a word on what serves it',
  async (path) => {
    await withExporter({}, async ({ url }) => {
      const { headers } = await fetch(`${url}${path}`);

      expect(headers.get('x-powered-by')).toBeNull();
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; .*frame-ancestors 'none'$/);
    });
  },
);

const request = (line: string, headers = ''): string =>
  `${line}\r\nHost: localhost\r\nConnection: close\r\n${headers}\r\n`;

describe('malformed requests', () => {
  test.each([
    ['a malformed escape (CVE-2026-44902)', request('GET /% HTTP/1.1'), 404],
    ['a malformed escape below a route', request('GET /metrics/%E0%A4%A HTTP/1.1'), 404],
    ['a malformed target', request('GET http://[ HTTP/1.1'), 404],
    ['a target that is a whole URL', request('GET http://evil.example/metrics HTTP/1.1'), 200],
    ['a target that begins with two slashes', request('GET //metrics HTTP/1.1'), 404],
    ['a query that is no query', request('GET /metrics?%&&==&__proto__[x]=1 HTTP/1.1'), 200],
    ['a huge header', request('GET /metrics HTTP/1.1', `X-Big: ${'x'.repeat(100_000)}\r\n`), 431],
    ['a method that is none', request('BREW /metrics HTTP/1.1'), 400],
    ['two lengths', request('POST /alerts HTTP/1.1', 'Content-Length: 1\r\nContent-Length: 2\r\n'), 400],
    ['no HTTP at all', '\0\0\0\r\n\r\n', 400],
  ])('%s is answered, and the exporter lives on', async (_name, bytes, status) => {
    await withExporter({}, async ({ url, port }) => {
      expect(await rawHttp(port, bytes)).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
      expect((await fetch(`${url}/healthz`)).status).toBe(200);
    });
  });
});

describe('listen and close', () => {
  const options = { host: '127.0.0.1', metrics: new PrometheusMetricsReporter() };

  test('a port in use is named with the variable that chooses another', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;

    const listening = createExporter({ ...options, port }).listen();

    await expect(listening).rejects.toThrow(MissingServiceError);
    await expect(listening).rejects.toThrow(
      `port ${port} on 127.0.0.1 is in use; stop what uses it or set PROMPTMETER_METRICS_PORT to another (0 picks a free one)`,
    );
    other.close();
  });

  test('an address of another machine is named with the variable that sets it', async () => {
    const listening = createExporter({ ...options, host: '192.0.2.1', port: 0 }).listen();

    await expect(listening).rejects.toThrow(
      /can't listen on 192\.0\.2\.1 port 0 .* set PROMPTMETER_METRICS_HOST or PROMPTMETER_HOST/,
    );
  });

  test('bound to every address, the URL is one that can be called', async () => {
    const exporter = createExporter({ ...options, host: '0.0.0.0', port: 0 });
    const { url, port } = await exporter.listen();

    expect(url).toBe(`http://127.0.0.1:${port}`);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    await exporter.close();
  });

  test('closes with connections kept alive, frees the port, and may be closed again', async () => {
    const exporter = createExporter({ ...options, port: 0 });
    const { url, port } = await exporter.listen();
    await (await fetch(`${url}/metrics`)).text();

    await Promise.all([exporter.close(), exporter.close()]);

    const next = createExporter({ ...options, port });
    expect((await next.listen()).port).toBe(port);
    await next.close();
  });

  test('answers a scrape that began before it was closed', async () => {
    const slow = { contentType: 'text/plain', getMetrics: () => Promise.resolve('') };
    let collected: (text: string) => void = () => undefined;
    const asked = new Promise<void>((tell) => {
      slow.getMetrics = () => {
        tell();
        return new Promise((resolve) => (collected = resolve));
      };
    });
    const exporter = createExporter({ ...options, metrics: slow, port: 0 });
    const { url } = await exporter.listen();
    const scrape = fetch(`${url}/metrics`);
    await asked;

    const closed = exporter.close();
    collected('# slow\n');

    expect(await (await scrape).text()).toBe('# slow\n');
    await closed;
  });

  test('may be closed before it listens', async () => {
    await expect(createExporter({ ...options, port: 0 }).close()).resolves.toBeUndefined();
  });
});
