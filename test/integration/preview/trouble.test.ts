import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { readDashboards } from '../../../src/cli/preview/dashboardFolder.js';
import { launchBrowser, openPage } from '../../helpers/browser.js';
import { panelsOf } from '../../helpers/panelMarks.js';
import { ROOT } from '../../helpers/repository.js';
import { withPreview } from '../../helpers/withPreview.js';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
});

const json = (status: number, body: unknown): RequestListener => {
  return (_, res) => void res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
};
const silent: RequestListener = () => undefined;

test.each<[string, RequestListener, RegExp]>([
  ['is slow', silent, /did not answer within 0.3 s/],
  [
    'refuses a query',
    json(400, { status: 'error', errorType: 'bad_data', error: 'parse <b>error</b>' }),
    /Prometheus: parse <b>error<\/b>/,
  ],
  ['is something else', (_, res) => void res.end('<html>'), /is no Prometheus/],
  ['redirects', (_, res) => void res.writeHead(302, { location: 'http://example.com/' }).end(), /can't be reached/],
  ['breaks off', (_, res) => void res.destroy(), /can't be reached/],
  ['answers without end', json(200, { status: 'success', data: 'x'.repeat(200_000) }), /more than a page can show/],
])('when Prometheus %s, each panel says so', async (_, listener, message) => {
  await withServer(listener, async (prometheusUrl) => {
    const timeoutMs = listener === silent ? 300 : 10_000;
    const limits = { timeoutMs, answerBytes: 100_000 };
    await withPreview({ prometheusUrl, dashboards, limits }, async (url) => {
      const { page } = await openPage(browser, `${url}/d/all-panels`);
      const asking = (await panelsOf(page)).filter(({ type }) => !['text', 'nodeGraph'].includes(type));
      expect(asking.length).toBeGreaterThan(10);
      expect(asking.filter(({ state, text }) => state !== 'error' || !message.test(text))).toEqual([]);
      await page.close();
    });
  });
});

test('when Prometheus is down, each panel says so and the rest of the page works', async () => {
  await withPreview({ prometheusUrl: 'http://127.0.0.1:1', dashboards }, async (url) => {
    const { page } = await openPage(browser, `${url}/d/all-panels`);
    const panels = await panelsOf(page);
    expect(panels.find(({ title }) => title === 'Requests')).toMatchObject({
      state: 'error',
      text: "Prometheus can't be reached at http://127.0.0.1:1; start it or give its address",
    });
    expect(panels.find(({ type }) => type === 'text')?.state).toBe('drawn');
    await page.close();
  });
});

test('when Prometheus has nothing, each panel says that there is no traffic', async () => {
  const empty = json(200, { status: 'success', data: { resultType: 'matrix', result: [] } });
  await withServer(empty, async (prometheusUrl) => {
    await withPreview({ prometheusUrl, dashboards }, async (url) => {
      const { page, complaints } = await openPage(browser, `${url}/d/all-panels`);
      const asking = (await panelsOf(page)).filter(({ type }) => !['text', 'nodeGraph'].includes(type));
      expect(asking.filter(({ state, text }) => state !== 'empty' || text !== 'no traffic')).toEqual([]);
      expect(complaints).toEqual([]);
      await page.close();
    });
  });
});

test('a query whose connection breaks is asked again, as when a network of the machine comes or goes', async () => {
  const empty = json(200, { status: 'success', data: { resultType: 'matrix', result: [] } });
  await withServer(empty, async (prometheusUrl) => {
    await withPreview({ prometheusUrl, dashboards }, async (url) => {
      const page = await browser.newPage();
      let broken = 0;
      await page.route('**/prometheus/**', async (route) => {
        if (broken >= 10) return route.continue();
        broken += 1;
        return route.abort('connectionreset');
      });
      await page.goto(`${url}/d/all-panels`);
      await page.waitForSelector('html[data-state="idle"]', { state: 'attached' });
      const states = new Set((await panelsOf(page)).map(({ state }) => state));
      expect(broken).toBe(10);
      expect(states).not.toContain('error');
      await page.close();
    });
  });
});

test('a file that is no dashboard is named on the front page', async () => {
  const broken = () => Promise.resolve([{ name: 'broken.json', content: '{' }]);
  await withPreview({ prometheusUrl: 'http://127.0.0.1:1', dashboards: broken }, async (url) => {
    const { page } = await openPage(browser, `${url}/`);
    expect(await page.locator('.card-problem').innerText()).toMatch(
      /broken.json is not JSON; run `promptmeter generate`/,
    );
    await page.close();
  });
});

const dashboards = () => readDashboards(`${ROOT}/test/fixtures/preview`);

async function withServer(listener: RequestListener, use: (url: string) => Promise<void>): Promise<void> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
