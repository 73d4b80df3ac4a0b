import type { ServerResponse } from 'node:http';
import { run } from '../../../src/cli/run.js';
import { createExporter, type Exporter } from '../../../src/exporter/createExporter.js';
import { PrometheusMetricsReporter } from '../../../src/reporters/PrometheusMetricsReporter.js';
import { sendJson, startCostsEndpoint } from '../../helpers/costsEndpoint.js';
import { temporaryFolder, type TemporaryFolder } from '../../helpers/temporaryFolder.js';
import { testIo } from '../../helpers/testIo.js';

const ADMIN_KEY = 'sk-admin-test';
const ADMIN_TOKEN = 'an-admin-token-for-tests';
// A port that nobody listens on, and that fetch does not refuse to ask.
const NOWHERE = 'http://127.0.0.1:4';
const YESTERDAY = Math.floor(Date.now() / 86_400_000) * 86_400 - 86_400;

type Answer = (response: ServerResponse) => void;

/** A Prometheus that counted 4 dollars a day. The real one is in reconcile.test.ts. */
const counting: Answer = (response) =>
  sendJson(response, 200, {
    status: 'success',
    data: { resultType: 'vector', result: [{ metric: {}, value: [0, '4'] }] },
  });

let folder: TemporaryFolder;
const closing: (() => Promise<void>)[] = [];
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
  folder.remove();
});

const serve = async (instead?: Answer): Promise<string> => {
  const bill = new Map([[YESTERDAY, [{ lineItem: 'gpt-4o, input', value: 5 }]]]);
  const server = await startCostsEndpoint({ adminKey: ADMIN_KEY, bill, ...(instead && { instead }) });
  closing.push(server.close);
  return server.url;
};

const reconcile = async (words: readonly string[], env: Record<string, string> = {}) => {
  const io = testIo({ cwd: folder.path, env: { OPENAI_ADMIN_KEY: ADMIN_KEY, ...env } });
  const since = ['--since', new Date(YESTERDAY * 1000).toISOString().slice(0, 10)];
  return { code: await run(['reconcile', ...since, ...words], io), out: io.out, err: io.err };
};

const status =
  (code: number, headers: Record<string, string> = {}): Answer =>
  (response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    sendJson(response, code, { error: { message: 'no', code: 'some_code' } });
  };

const page = (data: unknown, more = {}): Answer => {
  return (response) => sendJson(response, 200, { object: 'page', data, has_more: false, next_page: null, ...more });
};
const result = (amount: unknown) => [{ start_time: YESTERDAY, results: [{ amount, line_item: null }] }];

describe('when the costs endpoint gives no bill, one sentence says why and what to do', () => {
  test.each<[string, Answer, number, string]>([
    ['401', status(401), 78, 'OpenAI does not know this OPENAI_ADMIN_KEY (401); create one at https://platform.openai.com/settings/organization/admin-keys'],
    ['403', status(403), 78, 'OPENAI_ADMIN_KEY may not read costs (403); it must be an admin key with the right to read usage (api.usage.read)'],
    ['429', status(429, { 'Retry-After': '20' }), 69, 'OpenAI takes no more questions about costs for now (429); try again in 20 s'],
    ['429 of no time', status(429), 69, 'OpenAI takes no more questions about costs for now (429); try again in a minute'],
    ['500', status(500), 69, "OpenAI's costs endpoint fails (500); try again later"],
    ['503', status(503), 69, "OpenAI's costs endpoint fails (503); try again later"],
    ['404', status(404), 69, "OpenAI's costs endpoint refuses the question (404, some_code); check --base-url"],
    ['no answer', () => undefined, 69, "OpenAI's costs endpoint at URL gave no answer within 1 s; try again, or name another one with --base-url"],
    ['a cut', (response) => response.destroy(), 69, "OpenAI's costs endpoint at URL can't be reached (UND_ERR_SOCKET); try again, or name another one with --base-url"],
    ['a page of HTML', (response) => response.end('<html>'), 69, "the answer is not one of OpenAI's costs endpoint: it has no list of days; check --base-url"],
    ['days without results', page([{ start_time: 1 }]), 69, "the answer is not one of OpenAI's costs endpoint: a day has no start or no results; check --base-url"],
    ['another currency', page(result({ value: 1, currency: 'eur' })), 69, "the answer is not one of OpenAI's costs endpoint: an amount is in eur, not in US dollars; check --base-url"],
    ['no amount', page(result({ value: '' })), 69, "the answer is not one of OpenAI's costs endpoint: an amount has no value; check --base-url"],
    ['more without where', page([], { has_more: true }), 69, "the answer is not one of OpenAI's costs endpoint: it says that there is more and not where; check --base-url"],
    ['pages without end', page([], { has_more: true, next_page: 'again' }), 69, "the answer is not one of OpenAI's costs endpoint: its pages do not end; check --base-url"],
  ])('%s', async (_what, answer, exitCode, sentence) => {
    const url = await serve(answer);
    const prometheus = await serve(counting);
    const ran = await reconcile(['--base-url', url, '--prometheus-url', prometheus, '--timeout', '1s']);
    expect(ran).toEqual({ code: exitCode, out: [], err: [`promptmeter: ${sentence.replace('URL', url)}`] });
  }); // prettier-ignore
});

describe('when something else is missing, one sentence says so', () => {
  test.each<[string, Answer | undefined, string]>([
    ['Prometheus is not there', undefined, "Prometheus at URL can't be reached (ECONNREFUSED); start it, or name it with --prometheus-url"],
    ['Prometheus refuses', (response) => sendJson(response, 422, { status: 'error', error: 'too many samples' }), 'Prometheus at URL refuses the query (too many samples); give it more time or compare fewer days'],
    ['it is no Prometheus', (response) => response.writeHead(404).end('nothing here'), 'Prometheus at URL answers 404 and not as Prometheus does; start it, or name it with --prometheus-url'],
  ])('%s', async (_what, answer, sentence) => {
    const url = answer === undefined ? NOWHERE : await serve(answer);
    const { code, err } = await reconcile(['--prometheus-url', url]);
    expect({ code, err }).toEqual({ code: 69, err: [`promptmeter: ${sentence.replace('URL', url)}`] });
  }); // prettier-ignore

  test('the admin key', async () => {
    const { code, err } = await reconcile([], { OPENAI_ADMIN_KEY: '' });
    expect(code).toBe(78);
    expect(err).toEqual([expect.stringMatching(/^promptmeter: set OPENAI_ADMIN_KEY to an admin key /)]);
  });
});

describe('a period that can not be compared is a mistake in the command line', () => {
  test.each([
    [['--until', '2999-01-01'], 'only days that are over in UTC are billed'],
    [['--since', '2025-01-02', '--until', '2025-01-02'], 'must be a day before --until'],
    [['--since', '2020-01-01', '--until', '2025-01-01'], '1827 days are too many at once'],
    [['--since', 'monday'], 'A day such as 2026-11-01 is allowed'],
    [['--tolerance', '-1'], 'A number above 0 is allowed'],
  ])('%j', async (words, sentence) => {
    const { code, err } = await reconcile(words);
    expect({ code, lines: err.length }).toEqual({ code: 64, lines: 1 });
    expect(err[0]).toContain(sentence);
  });
});

describe('the ratio reaches Prometheus through the exporter', () => {
  const exporter = async (metrics: Parameters<typeof createExporter>[0]['metrics']): Promise<string> => {
    const started: Exporter = createExporter({ host: '127.0.0.1', port: 0, metrics, adminToken: ADMIN_TOKEN });
    const { url } = await started.listen();
    closing.push(() => started.close());
    return url;
  };
  const compare = async (words: readonly string[], env: Record<string, string>) =>
    await reconcile(['--base-url', await serve(), '--prometheus-url', await serve(counting), ...words], env);

  test('as a gauge of its provider, which was absent before', async () => {
    const reporter = new PrometheusMetricsReporter();
    const url = await exporter(reporter);
    const scrape = async () => await (await fetch(`${url}/metrics`)).text();
    expect(await scrape()).not.toMatch(/^ai_cost_reconciliation_ratio/m);
    const ran = await compare(['--exporter-url', url], { PROMPTMETER_ADMIN_TOKEN: ADMIN_TOKEN });
    expect({ code: ran.code, err: ran.err }).toEqual({ code: 0, err: [] });
    expect(await scrape()).toContain('\nai_cost_reconciliation_ratio{provider="openai"} 0.8\n');
  });

  test('and without a token the result is shown and it is said that it goes nowhere', async () => {
    const { code, out, err } = await compare([], {});
    expect(code).toBe(0);
    expect(out.join('\n')).toContain('total');
    expect(err).toEqual([expect.stringContaining('the ratio is not exported; set PROMPTMETER_ADMIN_TOKEN')]);
  });

  test.each([
    ['another token', 'another-token-for-tests', 78, 'does not take this PROMPTMETER_ADMIN_TOKEN (401)'],
    ['no metrics', ADMIN_TOKEN, 69, 'did not take the ratio (503)'],
  ])('or a sentence says why not: %s', async (_what, token, exitCode, sentence) => {
    const url = await exporter({ getMetrics: () => Promise.resolve(''), contentType: 'text/plain' });
    const { code, err } = await compare(['--exporter-url', url], { PROMPTMETER_ADMIN_TOKEN: token });
    expect(code).toBe(exitCode);
    expect(err).toEqual([expect.stringContaining(sentence)]);
  });

  test('or that no exporter is there', async () => {
    const { code, err } = await compare(['--exporter-url', NOWHERE], { PROMPTMETER_ADMIN_TOKEN: ADMIN_TOKEN });
    expect(code).toBe(69);
    expect(err).toEqual([expect.stringContaining("can't be reached (ECONNREFUSED); start `promptmeter serve`")]);
  });

  test.each([
    [{ provider: 'openai' }],
    [{ provider: 'openai', ratio: -1 }],
    [{ provider: 'openai', ratio: '1' }],
    [{ provider: 'Open AI\n', ratio: 1 }],
    [[]],
  ])('which takes nothing else: %j', async (body) => {
    const reporter = new PrometheusMetricsReporter();
    const url = await exporter(reporter);
    const response = await fetch(`${url}/reconciliation`, {
      method: 'PUT',
      headers: { Authorization: `Bearer ${ADMIN_TOKEN}`, 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(response.status).toBe(400);
    expect(await reporter.getMetrics()).not.toMatch(/^ai_cost_reconciliation_ratio/m);
  });

  test('and nobody but the administrator may set it', async () => {
    const url = await exporter(new PrometheusMetricsReporter());
    const put = { method: 'PUT', headers: { 'Content-Type': 'application/json' }, body: '{}' };
    expect((await fetch(`${url}/reconciliation`, put)).status).toBe(401);
    expect((await fetch(`${url}/reconciliation`)).status).toBe(405);
  });
});
