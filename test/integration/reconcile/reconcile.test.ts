import { run } from '../../../src/cli/run.js';
import { startCostsEndpoint, type CostItem, type CostsEndpoint } from '../../helpers/costsEndpoint.js';
import { startPrometheus, type RunningPrometheus } from '../../helpers/startPrometheus.js';
import { temporaryFolder, type TemporaryFolder } from '../../helpers/temporaryFolder.js';
import { testIo } from '../../helpers/testIo.js';

const DAY = 86_400;
const ADMIN_KEY = 'sk-admin-test';

/** The days are of the recent past, whenever this runs: Prometheus holds three of four, OpenAI bills all. */
const today = Math.floor(Date.now() / 1000 / DAY) * DAY;
const until = today - DAY;
const days = [until - 4 * DAY, until - 3 * DAY, until - 2 * DAY, until - DAY] as const;
const text = (seconds: number) => new Date(seconds * 1000).toISOString().slice(0, 10);

let folder: TemporaryFolder;
let prometheus: RunningPrometheus;

beforeAll(async () => {
  folder = temporaryFolder();
  prometheus = await startPrometheus(folder, history());
}, 300_000);
afterAll(async () => {
  await prometheus.stop();
  folder.remove();
});

/** A sample a minute of days 1 to 3. On day 2 the process restarts at noon, so that its counters begin anew. */
function history(): string {
  const minutes = Array.from({ length: 3 * 1440 + 1 }, (_, minute) => minute);
  const perMinute = (day: number) => [10, 20, 5][day]! / 1440;
  const restart = 1440 + 720;
  const spent = (minute: number, from: number): number => {
    let usd = 0;
    for (let at = from; at < minute; at += 1) usd += perMinute(Math.min(2, Math.floor(at / 1440)));
    return usd;
  };
  const cost = (app: string, share: number) => (minute: number) =>
    `ai_cost_usd_total{provider="openai",model="gpt-4o",operation="chat",app="${app}"} ` +
    `${(share * spent(minute, minute < restart ? 0 : restart)).toFixed(9)} ${days[1] + minute * 60}`;
  const other = (minute: number) =>
    `ai_cost_usd_total{provider="groq",model="llama",operation="chat",app="a"} ${minute} ${days[1] + minute * 60}`;
  const calls = (name: string, labels: string, total: number) => (minute: number) =>
    `${name}{provider="openai",${labels}} ${Math.floor((total * minute) / 4320)} ${days[1] + minute * 60}`;
  return [
    '# TYPE ai_cost_usd counter',
    ...[cost('web', 0.75), cost('jobs', 0.25), other].flatMap((sample) => minutes.map(sample)),
    '# TYPE ai_unpriced_requests counter',
    ...minutes.map(calls('ai_unpriced_requests_total', 'model="mine"', 40)),
    '# TYPE ai_usage_missing counter',
    ...minutes.map(calls('ai_usage_missing_total', 'model="gpt-4o",reason="aborted"', 12)),
    '# EOF\n',
  ].join('\n');
}

const bill = new Map<number, readonly CostItem[]>([
  [days[0], [{ lineItem: 'gpt-4o-2024-08-06, input', value: 3 }]],
  [days[1], [{ lineItem: 'gpt-4o-2024-08-06, input', value: 6 }, { lineItem: 'gpt-4o-2024-08-06, output', value: 4 }]],
  [days[2], [{ lineItem: 'gpt-4o-2024-08-06, output', value: '20.0000' }, { lineItem: 'web search tool calls', value: 5 }]],
]); // prettier-ignore

let endpoint: CostsEndpoint;
const start = async (options: Partial<Parameters<typeof startCostsEndpoint>[0]> = {}) => {
  endpoint = await startCostsEndpoint({ adminKey: ADMIN_KEY, bill, ...options });
};
afterEach(async () => {
  await endpoint.close();
});

const reconcile = async (words: string, env: Record<string, string> = {}) => {
  const io = testIo({ cwd: folder.path, env: { OPENAI_ADMIN_KEY: ADMIN_KEY, OPENAI_BASE_URL: endpoint.url, ...env } });
  const period = ['--since', text(days[0]), '--until', text(until)];
  const args = ['reconcile', ...period, '--prometheus-url', prometheus.url, ...words.split(' ').filter(Boolean)];
  return { code: await run(args, io), out: io.out, err: io.err };
};

interface Day {
  readonly countedUsd: number | null;
}

test('counts each day as Prometheus has it, across restarts, and compares it with the bill, page by page', async () => {
  await start({ daysAPage: 2 });
  const { code, out } = await reconcile('--json --no-export');
  expect(code).toBe(0);
  const result = JSON.parse(out.join('')) as { readonly days: readonly Day[] };
  const near = (usd: number): unknown => expect.closeTo(usd, 1);
  expect(result).toMatchObject({
    since: text(days[0]),
    until: text(until),
    provider: 'openai',
    days: [
      { day: text(days[0]), countedUsd: null, billedUsd: 3, ratio: null, differenceUsd: null },
      { day: text(days[1]), countedUsd: near(10), billedUsd: 10, ratio: near(1), differenceUsd: near(0) },
      { day: text(days[2]), countedUsd: near(20), billedUsd: 25, ratio: near(0.8), differenceUsd: near(-5) },
      { day: text(days[3]), countedUsd: near(5), billedUsd: 0, ratio: null, differenceUsd: near(5) },
    ],
    total: { countedUsd: near(35), billedUsd: 35, ratio: near(1), differenceUsd: near(0) },
    lineItems: [
      { lineItem: 'gpt-4o-2024-08-06, output', billedUsd: 24 },
      { lineItem: 'gpt-4o-2024-08-06, input', billedUsd: 9 },
      { lineItem: 'web search tool calls', billedUsd: 5 },
    ],
    unpriced: { mine: expect.closeTo(40, -1) as unknown },
    usageMissing: { aborted: expect.closeTo(12, -1) as unknown },
    usageEstimated: {},
  });
  expect(result.days[1]?.countedUsd).toBeCloseTo(10, 1);
  expect(endpoint.asked).toHaveLength(2);
  expect(endpoint.asked[0]).toBe(
    `/v1/organization/costs?start_time=${days[0]}&end_time=${until}&bucket_width=1d&group_by=line_item&limit=4`,
  );
  expect(endpoint.asked[1]).toMatch(/&page=page_\d+$/);
});

test('shows people a table, what explains a difference, and the bill', async () => {
  await start();
  const { code, out, err } = await reconcile('--no-export');
  expect({ code, err }).toEqual({ code: 0, err: [] });
  const table = out.map((line) => line.replace(/\d/g, '0')).join('\n');
  expect(table).toContain('Counted for openai and billed by OpenAI, 0000-00-00 to 0000-00-00 (not included)');
  expect(table).toMatch(/ {2}day \(UTC\) +counted +billed +ratio +difference/);
  expect(table).toMatch(/ {2}0000-00-00 +- +\$0.0000 +- +-\n/);
  expect(table).toMatch(/ {2}0000-00-00 +\$00.0000 +\$00.0000 +0.0000 +-\$0.0000\n/);
  expect(table).toMatch(/ {2}total +\$00.0000 +\$00.0000 +0.0000 /);
  expect(out).toContain('The total leaves out 1 day of which one side has no data.');
  expect(out.join('\n')).toMatch(/\n(39|40|41) calls with usage and no known price: mine (39|40|41)\n/);
  expect(out.join('\n')).toMatch(/\n(11|12|13) calls whose usage is unknown: aborted (11|12|13)\n/);
  expect(out).toContain('  web search tool calls       $5.0000');
});

test.each([
  ['0.5', 0, []],
  ['0.0001', 1, [expect.stringMatching(/^promptmeter: counted over billed is \d.\d{4}, further from 1 than 0.0001; /)]],
])('a tolerance of %s ends with %i', async (tolerance, exitCode, messages) => {
  await start({ bill: new Map([...bill, [days[3], [{ lineItem: null, value: 2 }]]]) });
  const { code, err } = await reconcile(`--no-export --tolerance ${tolerance}`);
  expect({ code, err }).toEqual({ code: exitCode, err: messages });
});

test('an upstream of another name has its own cost', async () => {
  await start();
  const { out } = await reconcile('--json --no-export --provider groq');
  const result = JSON.parse(out.join('')) as { readonly days: readonly Day[] };
  expect(result.days[1]?.countedUsd).toBeCloseTo(1440, -1);
});

test('a provider of which Prometheus knows nothing has no ratio, and not one of 0', async () => {
  await start();
  const { code, out, err } = await reconcile('--json --tolerance 0.1 --provider nobody');
  expect(JSON.parse(out.join(''))).toMatchObject({ total: { countedUsd: null, billedUsd: null, ratio: null } });
  expect({ code, err }).toEqual({
    code: 1,
    err: ['promptmeter: there is no ratio to export', 'promptmeter: there is no day of which both sides are known'],
  });
});
