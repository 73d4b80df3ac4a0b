import { dump } from 'js-yaml';
import { generateFiles } from '../../src/generators/index.js';
import { configOf } from '../helpers/configOf.js';
import { committedDashboards, panelQueries } from '../helpers/dashboards.js';
import { committedIn, ROOT } from '../helpers/repository.js';
import { ruleFilePaths } from '../helpers/rules.js';
import { outputOf, runProgram } from '../helpers/runProgram.js';
import { temporaryFolder, type TemporaryFolder } from '../helpers/temporaryFolder.js';

const lint = (paths: readonly string[]) =>
  outputOf('promtool', ['check', 'rules', '--lint=all', '--lint-fatal', ...paths]);
const runTests = (paths: readonly string[]) => outputOf('promtool', ['test', 'rules', ...paths]);
const inRepository = (path: string) => `${ROOT}/${path}`;

beforeAll(async () => {
  // The first run may have to fetch promtool.
  await outputOf('promtool', ['--version']);
}, 300_000);

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

test('promtool finds no fault in the committed rules, lint included', async () => {
  expect(await lint(ruleFilePaths().map(inRepository))).toContain('SUCCESS');
});

test('every committed rule file has committed tests, and they pass', async () => {
  const tests = committedIn('alerts/tests', '.yml');
  expect(tests).toEqual(ruleFilePaths().map((path) => path.replace('alerts/', 'alerts/tests/')));
  expect(await runTests(tests.map(inRepository))).not.toContain('FAILED');
});

test.each([
  ['a threshold that has moved', '> 0.05', '> 0.06'],
  ['a guard on traffic that is gone', '>= 10', '>= 0'],
  ['a guard on few failures that is gone', '>= 3', '>= 0'],
  ['a longer wait', 'for: 1m', 'for: 30m'],
  ['aborted calls that count', '{status!~"aborted|aborted_stream"}', ''],
])('the tests of the rules notice %s', async (_what, from, to) => {
  for (const { path, content } of generateFiles(configOf())) {
    folder.write(path, /^alerts\/(errors|inputs)\.yml$/.test(path) ? content.replaceAll(from, to) : content);
  }
  const { succeeded, output } = await runProgram('promtool', [
    'test',
    'rules',
    `${folder.path}/alerts/tests/errors.yml`,
  ]);
  expect(succeeded).toBe(false);
  expect(output).toContain('AIErrorRatioHigh');
});

test.each([
  ['a window that counts as full when it is not', /\* clamp_max[\s\S]*?, 1\)/g, '* 1'],
  ['a burn that pages too late', /> 0\.144/g, '> 0.16'],
  ['a ticket that comes too late', /> 0\.0[13]$/gm, '> 0.032'],
])('the tests of the objectives notice %s', async (_what, from, to) => {
  for (const { path, content } of generateFiles(configOf('slos: [{ name: a, objective: 0.99 }]'))) {
    folder.write(path, path === 'alerts/slo-a.yml' ? content.replaceAll(from, to) : content);
  }
  const { succeeded, output } = await runProgram('promtool', [
    'test',
    'rules',
    `${folder.path}/alerts/tests/slo-a.yml`,
  ]);
  expect(succeeded).toBe(false);
  expect(output).toContain('AIErrorBudgetBurn');
});

const SETTINGS = {
  'models with thresholds of their own, and names that look like patterns': `
thresholds:
  models:
    o3: { latencyP95: { warning: 60s, critical: 2m }, costPerHour: { critical: null } }
    "ft:gpt-4.1-mini:acme::a(b)|c*": { latencyP95: { warning: 2s }, errorRatio: { warning: 0.5, critical: null, window: 30m } }
    "with \\"quotes\\" and {{ braces }}": { firstTokenP95: { warning: 500ms, critical: 1s } }`,
  'no alert at all of some kind': `
thresholds: { defaults: { errorRatio: { warning: null, critical: null }, costPerHour: { warning: null } } }`,
  'bounds on and between the buckets, windows short and long': `
thresholds:
  defaults:
    latencyP95: { warning: 123ms, critical: 9m59s, window: 15s, for: 0s }
    firstTokenP95: { warning: 1s, critical: 119s, window: 2h, for: 15m, minimumRequests: 1000 }
    errorRatio: { warning: 0.001, critical: 0.99, minimumRequests: 0 }
    costPerHour: { warning: 0.01, critical: 1000000, window: 1d, for: 1h30m }`,
  'one window for all': `
thresholds: { defaults: { costPerHour: { window: 5m }, costPerCall: { window: 5m } } }`,
  'operations and applications with thresholds of their own': `
thresholds:
  operations: { embeddings: { latencyP95: { warning: 1s, critical: 2s }, accountErrorRatio: { warning: 0.01 } } }
  attribution: { app: { "web {{x}}": { errorRatio: { warning: 0.01 }, costPerCall: { warning: 0.1 } } } }`,
  'objectives of every kind, the longest and the shortest period, and one without a minimum of traffic': `
slos:
  - { name: all, objective: 0.999, period: 90d, minimumRequests: 0 }
  - { name: mini, objective: 0.9, period: 7d, where: { model: gpt-4o-mini, app: "a \\"b\\" {{c}}" } }
  - { name: quick, objective: 0.95, period: 28d, latencyUnder: 500ms, where: { operation: chat } }
  - { name: first, objective: 0.94, firstTokenUnder: 1s, minimumFailures: 50 }`,
  'budgets of every period': `
budgets:
  - { name: team, usd: 0.5, period: weekly, where: { app: web, feature: chat } }
  - { name: team, usd: 12345, period: monthly }
  - { name: day, usd: 7, period: daily }`,
  'another capacity': `
capacity: { used: { warning: 0.5, critical: 0.6 }, daysLeft: 60, inFlight: { factor: 1.5, minimum: 3 } }`,
};

/** What the settings make different; the rest is tested as it is committed. */
const usual = new Set(alertFiles('').map(({ content }) => content));

function alertFiles(yaml: string) {
  return generateFiles(configOf(yaml)).filter(({ path }) => path.startsWith('alerts/'));
}

test.each(Object.entries(SETTINGS))('rules and their tests hold for %s', async (_what, yaml) => {
  const files = alertFiles(yaml);
  for (const { path, content } of files) folder.write(path, content);
  const paths = files.filter(({ content }) => !usual.has(content)).map(({ path }) => `${folder.path}/${path}`);
  expect(await lint(paths.filter((path) => !path.includes('/tests/')))).toContain('SUCCESS');
  expect(await runTests(paths.filter((path) => path.includes('/tests/')))).not.toContain('FAILED');
});

test.each(committedDashboards().map((board) => [board.title, board] as const))(
  'Prometheus understands every query of %s',
  async (_title, board) => {
    const rules = panelQueries(board).map(({ expr }, index) => ({ record: `query:number:${index}`, expr }));
    folder.write('queries.yml', dump({ groups: [{ name: 'queries', rules }] }));
    const said = await outputOf('promtool', ['check', 'rules', `${folder.path}/queries.yml`]);
    expect(said).toContain(`${rules.length} rules found`);
  },
);
