import { layout } from '../../../src/generators/dashboards/layout.js';
import { stat } from '../../../src/generators/dashboards/styles/stat.js';
import { generateFiles } from '../../../src/generators/index.js';
import { select } from '../../../src/generators/promql/select.js';
import { rate, sum } from '../../../src/generators/promql/vector.js';
import { configOf } from '../../helpers/configOf.js';
import { parseDashboard, type Dashboard } from '../../helpers/dashboards.js';
import { hasFault } from '../../helpers/promql.js';

function dashboardsOf(yaml = ''): { path: string; content: string; board: Dashboard }[] {
  return generateFiles(configOf(yaml))
    .filter(({ path }) => path.startsWith('dashboards/'))
    .map(({ path, content }) => ({ path, content, board: parseDashboard(content) }));
}

const boards = dashboardsOf().map(({ board, content }) => [board.title, board, content] as const);

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

describe.each(boards)('%s', (_title, board, content) => {
  test('fills each row of the grid to exactly 24 columns, and no panel covers another', () => {
    const cells = board.panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, i) => `${x + (i % w)},${y + Math.floor(i / w)}`),
    );
    const height = Math.max(...board.panels.map(({ gridPos: { y, h } }) => y + h));
    expect(new Set(cells).size).toBe(cells.length);
    expect(cells).toHaveLength(24 * height);
    expect(board.panels.filter(({ gridPos: { x, w } }) => x + w > 24)).toEqual([]);
  });

  test('numbers its panels from 1', () => {
    expect(board.panels.map(({ id }) => id)).toEqual(board.panels.map((_, index) => index + 1));
  });

  test('tells for each panel what it shows, in which unit, and what to say without traffic', () => {
    for (const panel of board.panels) {
      expect(panel.description.length).toBeGreaterThan(40);
      expect(panel.fieldConfig.defaults.noValue).toBe('no traffic');
      if (panel.type !== 'table') expect(panel.fieldConfig.defaults.unit).toBeDefined();
    }
  });

  test('asks the Prometheus that the reader has picked', () => {
    const asked = board.panels.flatMap(({ datasource, targets }) => [datasource, ...targets.map((t) => t.datasource)]);
    expect(new Set(asked.map(({ uid }) => uid))).toEqual(new Set(['${datasource}']));
    expect(board.templating.list[0]).toMatchObject({ name: 'datasource', type: 'datasource' });
  });

  test('takes every counter through rate or increase over the window that Grafana gives', () => {
    for (const { expr } of board.panels.flatMap(({ targets }) => targets)) {
      expect(hasFault(expr.replaceAll('$__rate_interval', '1m'))).toBe(false);
      const bare = expr.replaceAll(/(rate|increase)\(\w+\{[^}]*\}\[\$__rate_interval\]\)/g, '');
      expect(bare).not.toMatch(/_total|_bucket|_count|_sum/);
    }
  });

  test('loads in Grafanas that do not know the placement of links', () => {
    expect(content).not.toContain('inControlsMenu');
    expect(board.schemaVersion).toBeLessThanOrEqual(42);
    expect(content).not.toContain('"calcs": []');
  });

  test('is the same byte for byte each time, with its keys sorted', () => {
    expect(dashboardsOf().map((each) => each.content)).toContain(content);
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

test('the overview can be narrowed by the attribution labels of promptmeter.yaml, where a metric carries them', () => {
  const board = overviewOf('attribution: { labels: [team] }');
  expect(board.templating.list.map(({ name }) => name)).toEqual([
    'datasource',
    'provider',
    'model',
    'operation',
    'team',
  ]);
  for (const { targets } of board.panels) {
    for (const { expr } of targets) {
      const carries = /ai_(requests_total|token_usage_total|cost_usd_total)/.test(expr);
      expect(expr.includes('team=~"$team"')).toBe(carries);
      expect(expr).toContain('provider=~"$provider", model=~"$model", operation=~"$operation"');
    }
  }
});

test('each label can be narrowed to several values or to all, series without a value included', () => {
  for (const variable of overviewOf().templating.list.slice(1)) {
    expect(variable).toMatchObject({ multi: true, includeAll: true, allValue: '.*' });
  }
});

test('the times in which alerts fired are marked', () => {
  expect(overviewOf().annotations.list.map(({ expr }) => expr)).toEqual([
    expect.stringMatching(/^ALERTS\{.*alertstate="firing"/),
  ]);
});

test('a row that does not fill the grid is refused with its number and width', () => {
  const panel = stat({
    title: 't',
    description: 'd',
    unit: 'none',
    decimals: 0,
    vector: sum(rate(select('requests'), '1m')),
  });
  const row = (...widths: number[]) => ({ height: 4, panels: widths.map((width) => ({ width, panel })) });
  expect(() => layout([row(12, 12), row(12, 13)])).toThrow('row 2 is 25 wide; make it 24');
});
