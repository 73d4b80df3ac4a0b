import { layout } from '../../../../src/generators/dashboards/layout.js';
import { stat } from '../../../../src/generators/dashboards/styles/stat.js';
import { generateFiles } from '../../../../src/generators/index.js';
import { select } from '../../../../src/generators/promql/select.js';
import { rate, sum } from '../../../../src/generators/promql/vector.js';
import { configOf } from '../../../helpers/configOf.js';
import { parseDashboard, type Dashboard } from '../../../helpers/dashboards.js';

function dashboardsOf(yaml = ''): { path: string; content: string; board: Dashboard }[] {
  return generateFiles(configOf(yaml))
    .filter(({ path }) => path.startsWith('dashboards/'))
    .map(({ path, content }) => ({ path, content, board: parseDashboard(content) }));
}

/** With and without what some panels are about. */
const SETTINGS = {
  'of the defaults': '',
  'of objectives and budgets': `
slos:
  - { name: availability, objective: 0.99 }
  - { name: latency, objective: 0.95, latencyUnder: 10s, period: 7d }
budgets:
  - { name: all, usd: 500, period: monthly }
  - { name: web, usd: 20, period: daily, where: { app: web } }`,
  'of other attribution': 'attribution: { labels: [team] }',
  'of no attribution': 'attribution: { labels: [] }',
};

const boards = Object.entries(SETTINGS).flatMap(([name, yaml]) =>
  dashboardsOf(yaml).map(({ board, content }) => [`${board.title} ${name}`, board, content, yaml] as const),
);

function overviewOf(yaml = ''): Dashboard {
  const found = dashboardsOf(yaml).find(({ path }) => path === 'dashboards/overview.json');
  if (found === undefined) throw new Error('there is no overview');
  return found.board;
}

const panelOf = (board: Dashboard, title: string) => {
  const found = board.panels.find((panel) => panel.title === title);
  if (found === undefined) throw new Error(`there is no panel ${title}`);
  return found;
};

describe.each(boards)('%s', (_title, board, content, yaml) => {
  test('fills each row of the grid to exactly 24 columns, and no panel covers another', () => {
    const cells = board.panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, i) => `${x + (i % w)},${y + Math.floor(i / w)}`),
    );
    const height = Math.max(...board.panels.map(({ gridPos: { y, h } }) => y + h));
    expect(new Set(cells).size).toBe(cells.length);
    expect(cells).toHaveLength(24 * height);
    expect(board.panels.filter(({ gridPos: { x, w } }) => x + w > 24)).toEqual([]);
  });

  test('gives each panel a number of its own', () => {
    const ids = board.panels.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(Number.isInteger(id) && id >= 100_000 && id < 1_000_000).toBe(true);
  });

  test('tells for each panel what it shows, in which unit, and what to say without traffic', () => {
    for (const panel of board.panels) {
      expect(panel.description.length).toBeGreaterThan(40);
      if (panel.type === 'text') continue;
      expect(panel.fieldConfig.defaults.noValue).toMatch(/^no[a-z]* [a-z ]+$/);
      if (panel.type !== 'table') expect(panel.fieldConfig.defaults.unit).toBeDefined();
    }
  });

  test('asks the Prometheus that the reader has picked', () => {
    const asked = board.panels.flatMap(({ datasource, targets }) => [datasource, ...targets.map((t) => t.datasource)]);
    for (const source of asked) expect([undefined, '${datasource}']).toContain(source?.uid);
    expect(board.templating.list[0]).toMatchObject({ name: 'datasource', type: 'datasource' });
  });

  test('leads to every other board and keeps the time and what is chosen', () => {
    expect(board.tags).toContain('promptmeter');
    expect(board.links).toEqual([{ type: 'dashboards', tags: ['promptmeter'], keepTime: true, includeVars: true }]);
  });

  test('links only to boards that there are', () => {
    const uids = boards.map(([, { uid }]) => uid);
    const urls = board.panels.flatMap(({ fieldConfig: { defaults, overrides } }) => [
      ...defaults.links.map(({ url }) => url),
      ...[...JSON.stringify(overrides).matchAll(/"url":"([^"]+)"/g)].map(([, url]) => url ?? ''),
    ]);
    for (const url of urls) {
      const [, uid] = /^\/d\/([\w-]+)\?\$\{__url_time_range\}&var-datasource=\$\{datasource\}&/.exec(url) ?? [];
      expect(uids).toContain(uid);
    }
  });

  test('loads in Grafanas that do not know the placement of links', () => {
    expect(content).not.toContain('inControlsMenu');
    expect(board.schemaVersion).toBeLessThanOrEqual(42);
    expect(content).not.toMatch(/"reduceOptions": \{\s*"calcs": \[\]/);
  });

  test('is the same byte for byte each time, with its keys sorted', () => {
    expect(dashboardsOf(yaml).map((each) => each.content)).toContain(content);
    const sorted = (_key: string, value: unknown): unknown =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
        : value;
    expect(content).toBe(`${JSON.stringify(JSON.parse(content), sorted, 2)}\n`);
  });
});

test('the overview keeps the uid that links hold', () => {
  expect(overviewOf()).toMatchObject({ uid: 'promptmeter-overview', title: 'AI calls / Overview' });
});

test.each([
  ['p95 latency', 'latencyP95: { warning: 7s, critical: 21s }', [7000, 21_000]],
  ['p95 latency by model', 'latencyP95: { warning: 7s, critical: 21s }', [7000, 21_000]],
  ['p95 first token', 'firstTokenP95: { warning: 1s, critical: null }', [1000]],
  ['p95 first token by model', 'firstTokenP95: { warning: null, critical: 5s }', [5000]],
  ['Error ratio', 'errorRatio: { warning: 0.01, critical: 0.02 }', [0.01, 0.02]],
  ['Error ratio by model', 'errorRatio: { warning: null, critical: null }', []],
  ['Spend per hour by model', 'costPerHour: { warning: 3, critical: 4 }', [3, 4]],
])('the panel "%s" draws the thresholds of promptmeter.yaml: %s', (title, threshold, bounds) => {
  const board = overviewOf(`thresholds: { defaults: { ${threshold} } }`);
  const steps = panelOf(board, title).fieldConfig.defaults.thresholds?.steps ?? [];
  expect(steps.map(({ value }) => value)).toEqual([null, ...bounds]);
});

test('a model with a threshold of its own is named beside the lines that do not hold for it', () => {
  const board = overviewOf('thresholds: { models: { o3: { latencyP95: { warning: 20s } } } }');
  expect(panelOf(board, 'p95 latency by model').description).toContain('other bounds for o3');
  expect(panelOf(board, 'Error ratio by model').description).not.toContain('o3');
});

test.each(dashboardsOf('attribution: { labels: [team] }').map(({ board }) => [board.title, board] as const))(
  '%s is narrowed by all that a metric carries, the attribution labels of promptmeter.yaml among it',
  (_title, board) => {
    const variables = board.templating.list.map(({ name }) => name);
    for (const { expr } of board.panels.flatMap(({ targets }) => targets)) {
      if (!variables.includes('team')) continue;
      for (const [selector] of expr.matchAll(/ai_(requests|token_usage|cost_usd)_total\{[^}]*\}/g)) {
        // A ratio to something that carries less is narrowed by less on both sides.
        if (selector.includes('operation=~"$operation"')) expect(selector).toContain('team=~"$team"');
        else expect(selector).not.toContain('$team');
      }
    }
  },
);

test('boards of calls can be narrowed by provider, model, operation and the attribution of promptmeter.yaml', () => {
  expect(overviewOf('attribution: { labels: [team] }').templating.list.map(({ name }) => name)).toEqual([
    'datasource',
    'provider',
    'model',
    'operation',
    'team',
  ]);
});

test('each label can be narrowed to several values or to all, series without a value included', () => {
  for (const variable of overviewOf().templating.list.slice(1)) {
    expect(variable).toMatchObject({ multi: true, includeAll: true, allValue: '.*' });
  }
});

test('the times in which alerts fired are marked', () => {
  expect(overviewOf().annotations.list.map(({ expr }) => expr)).toContainEqual(
    expect.stringMatching(/^max by \(alertname, severity\) \(ALERTS\{.*alertstate="firing"/),
  );
});

const statOf = (title: string) =>
  stat({ title, description: 'd', unit: 'none', decimals: 0, vector: sum(rate(select('requests'), '1m')) });

test('another panel changes no number of the ones there are, nor does another place', () => {
  const rowOf = (...titles: string[]) => ({
    height: 4,
    panels: titles.map((title) => ({ width: 24 / titles.length, panel: statOf(title) })),
  });
  const numbers = (...rows: string[][]) =>
    Object.fromEntries(
      layout(rows.map((titles) => rowOf(...titles))).map(({ title, id }): [string, number] => [title ?? '', id ?? 0]),
    );
  const before = numbers(['a', 'b'], ['c']);
  expect(numbers(['c', 'new'], ['b', 'a'])).toMatchObject(before);
  // Numbers that were once published, which links hold.
  expect(before).toEqual({ a: 202_220, b: 135_077, c: 457_458 });
});

test('two panels of one title are refused, since links could not tell them apart', () => {
  const panel = statOf('Requests');
  const twice = [1, 2].map(() => ({ width: 12, panel }));
  expect(() => layout([{ height: 4, panels: twice }])).toThrow(
    'the panels "Requests" and "Requests" have the same id; rename one',
  );
});

test('a row that does not fill the grid is refused with its number and width', () => {
  const row = (...widths: number[]) => ({
    height: 4,
    panels: widths.map((width, index) => ({ width, panel: statOf(`${width} at ${index}`) })),
  });
  expect(() => layout([row(8, 16), row(12, 13)])).toThrow('row 2 is 25 wide; make it 24');
});
