import { METRICS } from '../../src/metrics/catalogue.js';
import { PROMETHEUS_SERIES } from '../../src/generators/promql/prometheusSeries.js';
import type { MetricSpec } from '../../src/metrics/spec.js';
import { loadConfig } from '../../src/config/loadConfig.js';
import { committedDashboards, withAllChosen } from '../helpers/dashboards.js';
import { namesIn } from '../helpers/promql.js';
import { ROOT } from '../helpers/repository.js';
import { committedRules, isAlert } from '../helpers/rules.js';

const { attributionLabels } = loadConfig({ env: {}, cwd: ROOT });

/** Labels that every scraped series has. */
const OF_SCRAPING = ['job', 'instance'];

/** What Prometheus and Alertmanager tell of themselves, as their own documentation names it. */
const OF_SERVERS = {
  prometheus_rule_evaluation_failures_total: ['rule_group', ...OF_SCRAPING],
  prometheus_notifications_errors_total: ['alertmanager', ...OF_SCRAPING],
  prometheus_notifications_alertmanagers_discovered: OF_SCRAPING,
  alertmanager_notifications_failed_total: ['integration', ...OF_SCRAPING],
};

/** Labels that a record can be by. */
const LEVELS = [
  ...new Set([
    ...Object.values(METRICS).flatMap(({ labels }): readonly string[] => labels),
    ...attributionLabels,
    ...OF_SCRAPING,
    'le',
  ]),
];

/** The labels in the name of a record, which comes before the first colon. */
function levelOf(record: string): string[] {
  const level = `_${record.slice(0, record.indexOf(':'))}_`;
  return LEVELS.filter((label) => level.includes(`_${label}_`));
}

/** Labels of every series there can be, by name. */
const known = new Map<string, readonly string[]>([
  ...Object.values(METRICS).flatMap(seriesOf),
  ...committedRules().flatMap((rule): [string, readonly string[]][] =>
    isAlert(rule) ? [] : [[rule.record, levelOf(rule.record)]],
  ),
  ...Object.entries(OF_SERVERS),
  ...Object.entries(PROMETHEUS_SERIES),
]);

function seriesOf({ name, type, labels, attribution }: MetricSpec): [string, readonly string[]][] {
  const all = [...labels, ...(attribution === true ? attributionLabels : []), ...OF_SCRAPING];
  if (type !== 'histogram') return [[name, all]];
  return [
    [`${name}_bucket`, [...all, 'le']],
    [`${name}_count`, all],
    [`${name}_sum`, all],
  ];
}

/** What an expression names that does not exist. */
function strangers(expr: string): string[] {
  const { series, labels } = namesIn(expr);
  return [
    ...series.filter((name) => !known.has(name)),
    ...labels
      .filter((use) => !use.series.some((name) => known.get(name)?.includes(use.label)))
      .map(({ label }) => label),
  ];
}

const boards = committedDashboards();

const expressions = [
  ...boards.flatMap((board) => [
    ...board.panels.flatMap(({ title, targets }) =>
      targets.map(({ refId, expr }) => [`${board.title}, ${title}, ${refId}`, withAllChosen(board, expr)]),
    ),
    ...board.annotations.list
      .filter(({ datasource }) => datasource.uid !== '-- Grafana --')
      .map(({ name, expr }) => [`${board.title}, annotation ${name}`, withAllChosen(board, expr)]),
    ...board.templating.list.flatMap(({ name, definition }) => {
      const [, selector, label] = /^label_values\((.*), (\w+)\)$/.exec(definition ?? '') ?? [];
      return selector === undefined ? [] : [[`${board.title}, variable ${name}`, `sum by (${label}) (${selector})`]];
    }),
  ]),
  ...committedRules().map((rule) => [isAlert(rule) ? rule.alert : rule.record, rule.expr]),
] as [where: string, expr: string][];

test.each(expressions)('%s: names only metrics and labels of the catalogue', (_where, expr) => {
  // What is made of constants and the time alone says so.
  expect(namesIn(expr).series.length > 0 || expr.includes('vector(')).toBe(true);
  expect(strangers(expr)).toEqual([]);
});

test('the variables of labels are among the expressions looked at', () => {
  expect(expressions.map(([where]) => where)).toContain('AI calls / Overview, variable feature');
});

test.each([
  ['ai_request_total', ['ai_request_total']],
  ['ai_requests_total{modell="a"}', ['modell']],
  ['sum by (detail) (rate(ai_requests_total[1m]))', ['detail']],
  ['ai_request_duration_ms_bucket{app="a"}', ['app']],
  ['ai_cost_usd_total and on (kind) ai_requests_total', ['kind']],
])('a name that the catalogue does not have is found in %s', (expr, found) => {
  expect(strangers(expr)).toEqual(found);
});

test.each(committedRules().filter(isAlert))(
  '$alert ($labels.severity): its texts name labels that its series carry',
  (alert) => {
    const used = [...JSON.stringify(alert.annotations).matchAll(/\$labels\.(\w+)/g)].map(([, label]) => label);
    const carried = namesIn(alert.expr).series.flatMap((name) => known.get(name) ?? []);
    expect(carried).toEqual(expect.arrayContaining(used));
  },
);
