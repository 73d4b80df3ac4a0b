import type { Browser } from 'playwright-core';
import { createPinoLogger } from '../../../src/cli/pinoLogger.js';
import { readDashboards } from '../../../src/cli/preview/dashboardFolder.js';
import { alertmanagerConfig } from '../../../src/generators/index.js';
import { AIPerformanceMonitor } from '../../../src/monitor/AIPerformanceMonitor.js';
import { ConsoleMetricsReporter } from '../../../src/reporters/ConsoleMetricsReporter.js';
import { FanOutReporter } from '../../../src/reporters/FanOutReporter.js';
import { PrometheusMetricsReporter } from '../../../src/reporters/PrometheusMetricsReporter.js';
import { launchBrowser, openPage } from '../../helpers/browser.js';
import { configOf } from '../../helpers/configOf.js';
import { eventually } from '../../helpers/eventually.js';
import { receivedBy } from '../../helpers/httpInbox.js';
import { httpCall } from '../../helpers/httpCall.js';
import { startPrometheus, type LivePrometheus } from '../../helpers/livePrometheus.js';
import { seriesOf } from '../../helpers/prometheus.js';
import { head, startRawUpstream } from '../../helpers/rawUpstream.js';
import { ROOT } from '../../helpers/repository.js';
import { startAlertmanager } from '../../helpers/startAlertmanager.js';
import { temporaryFolder } from '../../helpers/temporaryFolder.js';
import { withExporter } from '../../helpers/withExporter.js';
import { startGateway } from '../../helpers/withGateway.js';
import { withPreview } from '../../helpers/withPreview.js';

/** What a caller sends as its model's name, and the label value that it becomes: text, on one line, of bounded length. */
const HOSTILE: readonly (readonly [name: string, sent: string, kept: string])[] = [
  [
    'line breaks',
    'nl\n# HELP forged\nai_requests_total{model="forged"} 1e9\r\n{"level":"error"}',
    'nl # HELP forged ai_requests_total{model="forged"} 1e9 {"level":"error"}',
  ],
  ['quotes and backslashes', `q"'\\"} 1\\n\`\${x}`, `q"'\\"} 1\\n\`\${x}`],
  ['markup', '<img src=x onerror="document.title=1">', '<img src=x onerror="document.title=1">'],
  ['a script', '</script><script>document.title=2</script>', '</script><script>document.title=2</script>'],
  [
    'a template of Go',
    '{{ printf "%s" .ExternalURL }}{{ template "x" }}',
    '{{ printf "%s" .ExternalURL }}{{ template "x" }}',
  ],
  ['a template of Grafana', '${__user.login}$__all[[x]]', '${__user.login}$__all[[x]]'],
  ['null bytes', 'n\0%00\u0000', 'n %00'],
  ['a terminal’s codes', 'e\u001b[2J\u001b]0;x\u0007', 'e [2J ]0;x'],
  ['a query', '.*"} or vector(1) or x{y="', '.*"} or vector(1) or x{y="'],
  ['ten megabytes', 'A'.repeat(10_000_000), 'A'.repeat(100)],
  ['line separators', 'u\u2028v\u2029w', 'u v w'],
];
const KEPT = HOSTILE.map(([, , kept]) => kept);

const lines: string[] = [];
let browser: Browser;
let prometheus: LivePrometheus;
let scraped = '';
let close: () => Promise<void>;

beforeAll(async () => {
  browser = await launchBrowser();
  const upstream = await startRawUpstream((socket) => void socket.write(head('500 Oops', [['content-length', '0']])));
  const logger = createPinoLogger({ level: 'trace', write: (line) => void lines.push(line) });
  const metrics = new PrometheusMetricsReporter({ logger });
  const metricsReporter = new FanOutReporter([metrics, new ConsoleMetricsReporter({ logger })]);
  const monitor = new AIPerformanceMonitor({ metricsReporter, logger });
  const { gateway, url } = await startGateway(upstream.baseUrl, { monitor, logger });
  const ready = new Promise<void>((resolve, reject) => {
    const exporter = withExporter({ metrics }, async ({ port }) => {
      prometheus = await startPrometheus(`127.0.0.1:${port}`);
      for (const [, sent] of HOSTILE) {
        // A header holds bytes but no line ends.
        const app = Buffer.from(sent.slice(0, 200), 'utf8')
          .toString('latin1')
          .replace(/\p{Cc}/gu, ' ');
        await httpCall(`${url}/v1/chat/completions`, {
          headers: { 'content-type': 'application/json', 'x-promptmeter-app': app },
          body: JSON.stringify({ model: sent, messages: [] }),
        });
      }
      scraped = await metrics.getMetrics();
      await prometheus.until(`count(ai_requests_total{status="error"} > 0) == ${HOSTILE.length}`);
      const ended = new Promise<void>((end) => {
        close = async () => {
          end();
          await exporter;
        };
      });
      resolve();
      await ended;
      await prometheus.close();
      await gateway.close(0);
      await upstream.close();
    });
    exporter.catch(reject);
  });
  await ready;
}, 120_000);
afterAll(async () => {
  await close();
  await browser.close();
});

test.each(HOSTILE)('%s in a model’s name: one series in a real Prometheus, inert', async (_name, _sent, kept) => {
  const models = await seriesOf(prometheus.url, 'ai_requests_total{status="error"} > 0');
  expect(models.filter(({ model }) => model === kept)).toHaveLength(1);
});

test('no line of /metrics and none of the log is forged', () => {
  for (const line of scraped.split('\n'))
    expect(line).toMatch(/^(# (HELP|TYPE|UNIT) \w+ .*|\w+(\{.*\})? [-+.\deInNfa]+|)$/);
  expect(scraped).not.toMatch(/^ai_requests_total\{model="forged"\}/m);
  const log = lines.join('\n').split('\n');
  expect(log).toHaveLength(lines.length);
  for (const line of log) expect(JSON.parse(line)).toHaveProperty('level');
  expect(Math.max(...log.map(({ length }) => length))).toBeLessThan(5000);
});

test('the pages of the preview show each as text, and none runs', async () => {
  const dashboards = (): ReturnType<typeof readDashboards> => readDashboards(`${ROOT}/dashboards`);
  await withPreview({ prometheusUrl: prometheus.url, dashboards, scrapeInterval: '1s' }, async (url) => {
    const { page, complaints } = await openPage(browser, `${url}/d/promptmeter-errors?from=now-5m&to=now&refresh=`);
    const text = await page.evaluate(() => document.body.textContent);
    expect(KEPT.filter((kept) => text.includes(kept)).length).toBeGreaterThan(0);
    expect(await page.evaluate(() => document.querySelectorAll('img[src="x"]').length)).toBe(0);
    expect(await page.title()).not.toMatch(/^[12]$/);
    expect(complaints).toEqual([]);
    await page.close();
  });
});

test('a real Alertmanager passes hostile alerts on as text: to a receiver, to /alerts, to its page in a real browser, to the log', async () => {
  const folder = temporaryFolder();
  const slack = await receivedBy();
  folder.write('slack', slack.url);
  const settings = `receivers: [{ name: team, slack: { url: { file: ${folder.path}/slack } } }]\nrouting: { warning: [team], groupWait: 1s }\n`;
  await withExporter({}, async ({ url, logger }) => {
    const alertmanager = await startAlertmanager(
      folder,
      alertmanagerConfig(configOf(settings), { webhookUrl: `${url}/alerts` }),
    );
    const shown = HOSTILE.map(([name, sent]) => [name, sent.slice(0, 10_000)] as const);
    const alerts = shown.map(([name, model]) => ({
      labels: { alertname: `Hostile ${name}`, severity: 'warning', model },
      annotations: {
        summary: `about ${model}`,
        description: model,
        runbook_url: model,
        dashboard_url: 'javascript:document.title=3',
      },
      generatorURL: 'http://127.0.0.1/',
    }));
    const sent = await fetch(`${alertmanager.url}/api/v2/alerts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(alerts),
    });
    expect([sent.status, await sent.text()]).toEqual([200, '']);
    await eventually('all alerts', async () => {
      const { firing } = (await (await fetch(`${url}/alerts`)).json()) as { firing: readonly unknown[] };
      return firing.length === HOSTILE.length && slack.bodies.length === HOSTILE.length ? true : undefined;
    });

    // Templates of Alertmanager put labels in as they are, and run none that stands in one.
    const told = slack.bodies.map((body) => JSON.parse(body) as { attachments: { text: string }[] });
    const texts = told.map(({ attachments }) => attachments[0]?.text ?? '');
    for (const [, model] of shown.filter(([, text]) => text.length < 200))
      expect(texts.some((text) => text.includes(model))).toBe(true);

    expect(logger.lines).toHaveLength(HOSTILE.length);
    for (const { message, fields } of logger.lines)
      expect(`${message}${String(fields['summary'])}`).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);

    const page = await browser.newPage();
    const dialogs: string[] = [];
    page.on('dialog', (dialog) => dialogs.push(dialog.message()));
    await page.goto(`${url}/alerts`);
    expect(await page.title()).toBe('Promptmeter: alerts');
    const text = await page.evaluate(() => document.body.textContent);
    for (const kept of [
      '<img src=x onerror="document.title=1">',
      '</script><script>document.title=2</script>',
      '{{ printf "%s" .ExternalURL }}',
    ])
      expect(text).toContain(kept);
    expect(await page.evaluate(() => document.querySelectorAll('img, script, a[href^="javascript"]').length)).toBe(0);
    expect(dialogs).toEqual([]);
    await page.close();
    await alertmanager.stop();
  });
  await slack.close();
  folder.remove();
});

test('the boards that Grafana loads let no value be markup, and put values into addresses encoded', async () => {
  for (const { content } of await readDashboards(`${ROOT}/dashboards`)) {
    expect(content).not.toMatch(/"mode": ?"html"|"disableSanitizeHtml": ?true|"type": ?"(dashlist|news|canvas)"/);
    const addresses = [...content.matchAll(/"url": ?"([^"]*)"/g)].map(([, address = '']) => address);
    expect(addresses.filter((address) => !/^\/d\/|^https?:\/\//.test(address))).toEqual([]);
    for (const address of addresses) expect(address).not.toMatch(/\$\{[^}]*:raw\}|\[\[/);
  }
});
