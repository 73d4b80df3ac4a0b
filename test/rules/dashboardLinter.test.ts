import { committedDashboards, withAllChosen, type Dashboard } from '../helpers/dashboards.js';
import { hasFault, namesIn } from '../helpers/promql.js';

/*
 * The rules of Grafana's dashboard-linter (https://github.com/grafana/dashboard-linter, docs/rules, read November 2026)
 * that are about dashboards over Prometheus. Each exception has its reason.
 */

/** Why the boards of calls have no variables job and instance, and why their queries do not name them. */
const OVER_ALL_REPLICAS =
  'calls are counted for models and applications, whichever replica took them; replicas are looked at on the board "Promptmeter itself"';

const NO_JOB: Readonly<Record<string, string>> = {
  'promptmeter-overview': OVER_ALL_REPLICAS,
  'promptmeter-latency': OVER_ALL_REPLICAS,
  'promptmeter-errors': OVER_ALL_REPLICAS,
  'promptmeter-cost': OVER_ALL_REPLICAS,
  'promptmeter-service-levels': OVER_ALL_REPLICAS,
  'promptmeter-capacity': OVER_ALL_REPLICAS,
};

/** Windows other than the one that fits the zoom, and why. */
const WINDOWS: Readonly<Record<string, string>> = {
  $__range: 'counts what happened in all of the time shown, which is the window then',
  '1m': 'step of the pace of the last hour',
  '5m': 'step of the pace of the last day, and the busiest five minutes of capacity',
  '15m': 'step of the pace of the last week',
  '1h': 'load of an hour, from which its growth over a week is taken',
};

const boards = committedDashboards().map((board) => [board.title, board] as const);
const queriesOf = (board: Dashboard) => board.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
const variableOf = (board: Dashboard, name: string) => board.templating.list.find((each) => each.name === name);

describe.each(boards)('%s', (_title, board) => {
  test('template-datasource-rule: the data source is a variable of type prometheus', () => {
    expect(variableOf(board, 'datasource')).toMatchObject({ type: 'datasource' });
  });

  test('template-job-rule and template-instance-rule: replicas can be chosen, or it is said why not', () => {
    for (const name of ['job', 'instance']) {
      if (board.uid in NO_JOB) expect(variableOf(board, name)).toBeUndefined();
      else expect(variableOf(board, name)).toMatchObject({ type: 'query', multi: true, includeAll: true });
    }
  });

  test('target-job-rule and target-instance-rule: every query is narrowed to the replicas chosen', () => {
    if (board.uid in NO_JOB) return;
    for (const expr of queriesOf(board)) expect(expr).toContain('{job=~"$job", instance=~"$instance"');
  });

  test('template-label-promql-rule: the variables are filled by queries that Prometheus understands', () => {
    for (const { type, definition = '' } of board.templating.list) {
      if (type !== 'query') continue;
      const [, selector = ''] = /^label_values\((.+), \w+\)$/.exec(definition) ?? [];
      expect(namesIn(withAllChosen(board, selector)).series).toHaveLength(1);
      expect(hasFault(withAllChosen(board, selector))).toBe(false);
    }
  });

  test('template-on-time-change-reload-rule: the variables are filled anew when the time changes', () => {
    const onTimeRangeChanged = 2;
    for (const { type, refresh } of board.templating.list)
      if (type === 'query') expect(refresh).toBe(onTimeRangeChanged);
  });

  test('panel-datasource-rule: panels and queries ask the data source that is chosen', () => {
    for (const { type, datasource, targets } of board.panels) {
      if (type !== 'text') expect(datasource?.uid).toBe('${datasource}');
      for (const target of targets) expect(target.datasource.uid).toBe('${datasource}');
    }
  });

  test('panel-title-description-rule: each panel has a title, one of its own, and a description', () => {
    const titles = board.panels.map(({ title }) => title);
    expect(new Set(titles).size).toBe(titles.length);
    for (const { title, description } of board.panels) {
      expect(title).toMatch(/^\S/);
      expect(description).toMatch(/\.$/);
    }
  });

  test('panel-units-rule: each number has a unit', () => {
    for (const { type, fieldConfig } of board.panels) {
      if (type === 'text') continue;
      const columns = fieldConfig.overrides.filter(({ properties }) => properties.some(({ id }) => id === 'unit'));
      expect(fieldConfig.defaults.unit !== undefined || columns.length > 0).toBe(true);
    }
  });

  test('panel-no-targets-rule: each panel asks for something', () => {
    for (const { type, targets } of board.panels) if (type !== 'text') expect(targets).not.toEqual([]);
  });

  test('target-promql-rule: Prometheus understands every query', () => {
    for (const expr of queriesOf(board)) expect([expr, hasFault(withAllChosen(board, expr))]).toEqual([expr, false]);
  });

  test('target-rate-interval-rule: windows fit the zoom, or it is said why not', () => {
    const windows = queriesOf(board).flatMap((expr) =>
      [...expr.matchAll(/(?:rate|increase)\([\w:]+(?:\{[^}]*\})?\[([^\]]+)\]\)/g)].map(([, window = '']) => window),
    );
    for (const window of windows) expect([...Object.keys(WINDOWS), '$__rate_interval']).toContain(window);
  });

  test('target-counter-agg-rule: every counter goes through rate or increase, before any sum', () => {
    for (const expr of queriesOf(board)) {
      const bare = expr.replaceAll(/(rate|increase)\(\w+(\{[^}]*\})?\[[^\]]+\]\)/g, '');
      expect(bare).not.toMatch(/\b(ai|promptmeter)_\w+(_total|_bucket|_count|_sum)\b/);
    }
  });

  test('uneditable-dashboard-rule: it can not be edited where it is shown', () => {
    expect(board.editable).toBe(false);
  });
});

test('every exception is needed', () => {
  const uids = boards.map(([, { uid }]) => uid);
  const all = boards.flatMap(([, board]) => queriesOf(board)).join('\n');
  expect(Object.keys(NO_JOB).filter((uid) => !uids.includes(uid))).toEqual([]);
  expect(Object.keys(WINDOWS).filter((window) => !all.includes(`[${window}])`))).toEqual([]);
});
