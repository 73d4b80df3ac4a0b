import { z } from 'zod';
import { countedTraffic, type CountedCall, type CountedTraffic } from '../../helpers/countedTraffic.js';
import { committedDashboards, panelQueries } from '../../helpers/dashboards.js';
import { historyOf, type Reading } from '../../helpers/history.js';
import { startPrometheus, type RunningPrometheus } from '../../helpers/startPrometheus.js';
import { temporaryFolder, type TemporaryFolder } from '../../helpers/temporaryFolder.js';

/*
 * What selected panels say, against what the simulated API has given out: two replicas, of which one restarts in the
 * middle, scraped by a real Prometheus over ten minutes.
 */

const CALLS: readonly CountedCall[] = [
  ...Array.from({ length: 6 }, () => ({ model: 'gpt-4o' })),
  ...Array.from({ length: 5 }, () => ({ model: 'gpt-4o-mini', stream: true })),
  { model: 'gpt-4o', fault: '401' },
  { model: 'gpt-4o-mini', fault: 'cut', stream: true },
  { model: 'gpt-4o', fault: '429, first-attempt' },
];
/** Those that end well. The last one does so at its second attempt, and the gateway sees the first as a call, too. */
const SUCCEEDED = 12;
const FAILED = 3;

const STEP = 5;
const MINUTES = 10;
const WINDOW = `${MINUTES}m`;
const SECONDS = MINUTES * 60;
/** Prometheus fits what it saw to the window: 120 scrapes lie 119 steps apart. */
const WITHIN = 0.015;
const REPLICAS = 2;

const answer = z.object({
  data: z.object({
    result: z.array(z.object({ metric: z.record(z.string(), z.string()), value: z.tuple([z.number(), z.string()]) })),
  }),
});

let folder: TemporaryFolder;
let prometheus: RunningPrometheus;
let traffic: CountedTraffic;
const end = Math.floor(Date.now() / 1000 / STEP) * STEP;

beforeAll(async () => {
  folder = temporaryFolder();
  traffic = await countedTraffic(CALLS);
  prometheus = await startPrometheus(folder, historyOf({ steady: steady(traffic), restarted: restarted(traffic) }));
}, 300_000);

afterAll(async () => {
  await prometheus.stop();
  folder.remove();
});

/** Scrapes over the whole window: the first half tells one thing, the second another. */
function readings(first: string, second: string, from = SECONDS, to = 0): Reading[] {
  return Array.from({ length: (from - to) / STEP + 1 }, (_, index) => ({
    at: end - from + index * STEP,
    text: index * STEP < (from - to) / 2 ? first : second,
  }));
}

const steady = ({ before, after }: CountedTraffic) => readings(before, after);

/** Counts its calls, begins anew at 0 and counts the rest; together as much as the steady one. */
const restarted = ({ before, after }: CountedTraffic): Reading[] => [
  ...readings(before, before, SECONDS, SECONDS / 2 + STEP),
  ...readings(difference(before, before), difference(after, before), SECONDS / 2),
];

/** What was counted between two readings, as a process would tell it that began in between. */
function difference(after: string, before: string): string {
  const known = new Map(before.split('\n').map((line) => splitLine(line)));
  return after
    .split('\n')
    .map((line) => {
      const [name, value] = splitLine(line);
      const isCount = /^\w+?_(total|bucket|sum|count)\b/.test(name);
      return isCount ? `${name} ${Number(value) - Number(known.get(name) ?? 0)}` : line;
    })
    .join('\n');
}

function splitLine(line: string): readonly [string, string] {
  const at = line.lastIndexOf(' ');
  return [line.slice(0, at), line.slice(at + 1)];
}

/** What a panel's query comes to at the end, by the value of a label, or under '' when it is one number. */
async function shown(board: string, panel: string, label = '', refId = 'A'): Promise<Record<string, number>> {
  const dashboard = committedDashboards().find(({ uid }) => uid === board)!;
  const titles = panelQueries(dashboard);
  const query = titles.find((each) => each.panel === panel && each.refId === refId)!;
  const expr = query.expr.replaceAll('[1m]', `[${WINDOW}]`).replaceAll('[1h]', `[${WINDOW}]`);
  const response = await fetch(`${prometheus.url}/api/v1/query`, {
    method: 'POST',
    body: new URLSearchParams({ query: expr, time: String(end) }),
  });
  const { data } = answer.parse(await response.json());
  return Object.fromEntries(data.result.map(({ metric, value }) => [metric[label] ?? '', Number(value[1])]));
}

const near = (expected: number, actual: number | undefined) => {
  expect(actual).toBeGreaterThanOrEqual(expected * (1 - WITHIN));
  expect(actual).toBeLessThanOrEqual(expected * (1 + WITHIN));
};
/** A sum over the rows of the ledger, for all replicas. */
const given = (of: 'calls' | 'promptTokens' | 'completionTokens', where: (row: Row) => boolean = () => true) =>
  REPLICAS * traffic.ledger.rows.filter(where).reduce((sum, row) => sum + row[of], 0);
type Row = CountedTraffic['ledger']['rows'][number];

test('the traffic is what this test takes it for', () => {
  expect(given('calls')).toBe(REPLICAS * (SUCCEEDED + FAILED));
  expect(given('calls', ({ status }) => status === 429)).toBe(REPLICAS);
});

test('requests and failures are those that were made, over replicas and a restart', async () => {
  const perSecond = await shown('promptmeter-overview', 'Requests');
  near(REPLICAS * (SUCCEEDED + FAILED), perSecond['']! * SECONDS);
  near(REPLICAS * FAILED, (await shown('promptmeter-errors', 'Failed calls'))['']);
});

test('the error ratio is exact', async () => {
  const ratio = await shown('promptmeter-overview', 'Error ratio');
  expect(ratio['']).toBeCloseTo(FAILED / (SUCCEEDED + FAILED), 6);
});

test('errors have the types of the faults, and attempts their statuses', async () => {
  const types = await shown('promptmeter-errors', 'Errors by type', 'error_type');
  expect(Object.keys(types).sort()).toEqual(['authentication', 'rate_limit', 'stream_interrupted']);
  const statuses = await shown('promptmeter-errors', 'Attempts by HTTP status', 'http_status');
  near(REPLICAS, statuses['429']! * SECONDS);
  near(REPLICAS, statuses['401']! * SECONDS);
  near(
    given('calls', ({ status }) => status === 200),
    statuses['200']! * SECONDS,
  );
});

test('tokens are those that the API has told', async () => {
  const told = ({ usageTold }: Row) => usageTold > 0;
  const perSecond = await shown('promptmeter-cost', 'Tokens per second by type', 'token_type');
  near(given('promptTokens', told), perSecond['prompt']! * SECONDS);
  near(given('completionTokens', told), perSecond['completion']! * SECONDS);
});

test('the spend is what these tokens cost by the list of prices', async () => {
  const perMillion = { 'gpt-4o': [2.5, 10], 'gpt-4o-mini': [0.15, 0.6] } as const;
  const spend = await shown('promptmeter-cost', 'Spend by model', 'model');
  for (const [model, [input, output]] of Object.entries(perMillion)) {
    const own = (row: Row) => row.usageTold > 0 && row.model === model;
    near((given('promptTokens', own) * input + given('completionTokens', own) * output) / 1e6, spend[model]);
  }
});

test('tokens and spend of the overview are those of all models together', async () => {
  const told = ({ usageTold }: Row) => usageTold > 0;
  const tokens = await shown('promptmeter-overview', 'Tokens per second by model', 'model');
  for (const [model, perSecond] of Object.entries(tokens)) {
    const own = (row: Row) => told(row) && row.model === model;
    near(given('promptTokens', own) + given('completionTokens', own), perSecond * SECONDS);
  }
  const spend = Object.values(await shown('promptmeter-cost', 'Spend by model', 'model')).reduce((a, b) => a + b, 0);
  const perHour = await shown('promptmeter-overview', 'Spend per hour');
  near(spend, (perHour['']! * SECONDS) / 3600);
});

test('every call that ended well is in the heatmap of durations once, and none that failed', async () => {
  const buckets = await shown('promptmeter-latency', 'Durations', 'le');
  near(REPLICAS * SUCCEEDED, buckets['+Inf']! * SECONDS);
});

test('the cut stream is among the calls whose usage is unknown', async () => {
  const missing = await shown('promptmeter-cost', 'Calls without usage by reason', 'reason');
  near(REPLICAS, missing['stream_interrupted']);
  expect(missing['aborted']).toBe(0);
});

test('tokens per call are the mean of the calls that succeeded', async () => {
  const told = (row: Row) => row.usageTold > 0 && row.model === 'gpt-4o';
  const perCall = await shown('promptmeter-latency', 'Prompt tokens per call by model', 'model');
  near(given('promptTokens', told) / given('calls', told), perCall['gpt-4o']);
});

test('every first token is in the heatmap once', async () => {
  const buckets = await shown('promptmeter-latency', 'First tokens', 'le');
  const streams = CALLS.filter(({ stream }) => stream === true).length;
  near(REPLICAS * streams, buckets['+Inf']! * SECONDS);
});
