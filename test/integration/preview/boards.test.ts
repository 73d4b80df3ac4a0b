import type { Browser } from 'playwright-core';
import { loadConfig } from '../../../src/config/loadConfig.js';
import { listDashboard } from '../../../src/preview/listDashboards.js';
import { PrometheusMetricsReporter } from '../../../src/reporters/PrometheusMetricsReporter.js';
import { readDashboards } from '../../../src/cli/preview/dashboardFolder.js';
import { launchBrowser, openPage } from '../../helpers/browser.js';
import { HOSTILE_MODEL, reportCalls } from '../../helpers/lively.js';
import { startPrometheus, type LivePrometheus } from '../../helpers/livePrometheus.js';
import { panelsOf } from '../../helpers/panelMarks.js';
import { committed, committedIn, ROOT } from '../../helpers/repository.js';
import { withExporter } from '../../helpers/withExporter.js';
import { withPreview } from '../../helpers/withPreview.js';

let browser: Browser;
let prometheus: LivePrometheus;
let ended: Promise<void>;
let end: () => void;

beforeAll(async () => {
  browser = await launchBrowser();
  await new Promise<void>((ready, failed) => {
    const untilEnd = new Promise<void>((resolve) => (end = resolve));
    const { budgets, slos } = loadConfig({ env: {}, cwd: ROOT });
    const reporter = new PrometheusMetricsReporter({ budgets, slos, version: '0.0.0', process: true });
    ended = withExporter({ metrics: reporter }, async ({ port }) => {
      const stop = reportCalls(reporter);
      prometheus = await startPrometheus(`127.0.0.1:${port}`, ['--enable-feature=exemplar-storage']);
      await prometheus.until('min(count_over_time(ai_requests_total{status="success"}[1m])) - 6');
      ready();
      await untilEnd;
      stop();
      await prometheus.close();
    });
    ended.catch(failed);
  });
}, 120_000);

afterAll(async () => {
  await browser.close();
  end();
  await ended;
});

const boards = async () => [
  ...(await readDashboards(`${ROOT}/dashboards`)),
  ...(await readDashboards(`${ROOT}/test/fixtures/preview`)),
];
const fresh = 'from=now-1m&to=now&refresh=';

/** Panels of the fixture that have a reason to draw nothing. */
const WITHOUT_MARKS = ['Empty', 'Unknown'];

const uids = committedIn('dashboards', '.json').map((name) => listDashboard({ name, content: committed(name) }).uid);

test.each(uids)('every panel of %s draws what Prometheus answers, without a complaint of the browser', async (uid) => {
  await withPreview({ prometheusUrl: prometheus.url, dashboards: boards, scrapeInterval: '1s' }, async (url) => {
    const { page, complaints } = await openPage(browser, `${url}/d/${uid}?${fresh}`);
    const panels = await panelsOf(page);
    expect(panels.length).toBeGreaterThan(0);
    expect(panels.filter(({ state, marks }) => state !== 'drawn' || marks < 1)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
  });
});

test.each(['dark', 'light'])(
  'every kind of panel is drawn in the %s theme, and an unknown one is named',
  async (theme) => {
    await withPreview({ prometheusUrl: prometheus.url, dashboards: boards, scrapeInterval: '1s' }, async (url) => {
      const { page, complaints } = await openPage(browser, `${url}/d/all-panels?${fresh}&theme=${theme}&var-least=1s`);
      const panels = await panelsOf(page);
      const drawn = panels.filter(({ title }) => !WITHOUT_MARKS.includes(title));
      expect(drawn.filter(({ state, marks }) => state !== 'drawn' || marks < 1)).toEqual([]);
      expect(new Set(drawn.map(({ type }) => type))).toEqual(
        new Set(['stat', 'timeseries', 'heatmap', 'bargauge', 'table', 'text']),
      );
      expect(panels.find(({ title }) => title === 'Empty')).toMatchObject({ state: 'empty', text: 'no traffic' });
      expect(panels.find(({ title }) => title === 'Unknown')).toMatchObject({
        state: 'unknown',
        text: expect.stringContaining('nodeGraph') as string,
      });
      expect(complaints).toEqual([]);
      await page.close();
    });
  },
);

test('single calls are marked in the graphs of latency, and lead to their traces', async () => {
  const tracesUrl = 'https://traces.example.com/trace/{trace_id}';
  const options = { prometheusUrl: prometheus.url, dashboards: boards, scrapeInterval: '1s', tracesUrl };
  await withPreview(options, async (url) => {
    const { page, complaints } = await openPage(browser, `${url}/d/promptmeter-latency?${fresh}`);
    const mark = page.locator('[aria-label="First token"] a.exemplar').first();
    expect(await mark.getAttribute('href')).toMatch(/^https:\/\/traces\.example\.com\/trace\/[0-9a-f]{32}$/);
    expect(await mark.getAttribute('title')).toMatch(/^\d+(\.\d+)? ms at .+, trace [0-9a-f]{32}$/);
    expect(await page.locator('[aria-label="p95 latency by model"] .exemplar').count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.close();
  });
});

test('a closed row asks for its data when it is opened', async () => {
  await withPreview({ prometheusUrl: prometheus.url, dashboards: boards, scrapeInterval: '1s' }, async (url) => {
    const { page } = await openPage(browser, `${url}/d/all-panels?${fresh}`);
    const panel = page.locator('[aria-label="In the row"]');
    expect(await panel.isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Closed row' }).click();
    await panel.and(page.locator('[data-state="drawn"]')).waitFor();
    await page.close();
  });
});

test('a model is only ever text, whatever its name', async () => {
  await withPreview({ prometheusUrl: prometheus.url, dashboards: boards, scrapeInterval: '1s' }, async (url) => {
    const { page, complaints } = await openPage(browser, `${url}/d/all-panels?${fresh}`);
    expect(await page.locator('main img, main script').count()).toBe(0);
    const cell = page.locator('.panel-table a', { hasText: '<img' });
    expect(await cell.innerText()).toBe(HOSTILE_MODEL);

    await cell.click();
    await page.waitForURL(/var-model=/);
    await page.waitForSelector('html[data-state="idle"]', { state: 'attached' });
    expect(await page.locator('.control', { hasText: 'Model' }).locator('summary').innerText()).toBe(HOSTILE_MODEL);
    const table = (await panelsOf(page)).find(({ title }) => title === 'Models');
    expect(table).toMatchObject({ state: 'drawn', text: expect.not.stringContaining('gpt-4o') as string });
    expect(complaints).toEqual([]);
    await page.close();
  });
});

test('what is chosen narrows the panels and stands in the address', async () => {
  await withPreview({ prometheusUrl: prometheus.url, dashboards: boards, scrapeInterval: '1s' }, async (url) => {
    const { page } = await openPage(browser, `${url}/d/all-panels?${fresh}`);
    await page.locator('.control', { hasText: 'Model' }).locator('summary').click();
    await page.locator('.picker-option', { hasText: 'gpt-4o-mini' }).click();
    await page.locator('h1').click();
    await page.waitForURL(/var-model=gpt-4o-mini/);
    await page.locator('[aria-label="Models"] tbody tr').nth(1).waitFor({ state: 'detached' });
    expect(await page.locator('[aria-label="Models"] tbody tr').count()).toBe(1);
    await page.close();
  });
});

test('under a prefix, as the exporter mounts it, everything is found', async () => {
  const options = { prometheusUrl: prometheus.url, dashboards: boards, prefix: '/dashboards', scrapeInterval: '1s' };
  await withPreview(options, async (url) => {
    const { page, complaints } = await openPage(browser, `${url}/`);
    await page.getByRole('link', { name: 'All panels' }).click();
    await page.locator('[aria-label="Requests"][data-state="drawn"]').waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });
});
