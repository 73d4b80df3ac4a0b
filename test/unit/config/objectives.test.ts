import { LATENCY_BOUNDS, FIRST_TOKEN_BOUNDS } from '../../../src/config/objectives.js';
import { CALL_LABELS } from '../../../src/config/alertingContradictions.js';
import { DURATION_BUCKETS_MS, FIRST_TOKEN_BUCKETS_MS } from '../../../src/metrics/buckets.js';
import { METRICS } from '../../../src/metrics/catalogue.js';
import { configOf } from '../../helpers/configOf.js';
import { problemsOf } from '../../helpers/problemsOf.js';

test('times that an objective can name are the bounds of the histograms', () => {
  expect(LATENCY_BOUNDS.map((bound) => bound * 1000)).toEqual([...DURATION_BUCKETS_MS]);
  expect(FIRST_TOKEN_BOUNDS.map((bound) => bound * 1000)).toEqual([...FIRST_TOKEN_BUCKETS_MS]);
});

test.each(['requests', 'duration', 'firstToken', 'cost'] as const)(
  'what `where` can name are labels of the metric %s',
  (key) => {
    expect(METRICS[key].labels).toEqual(expect.arrayContaining([...CALL_LABELS]));
  },
);

test('an objective that says little is availability over 30 days with a guard on traffic', () => {
  const [slo] = configOf('slos: [{ name: up, objective: 0.99 }]').slos;
  expect(slo).toMatchObject({
    name: 'up',
    objective: 0.99,
    kind: 'availability',
    under: 0,
    period: '30d',
    where: {},
    minimumRequests: 50,
    minimumFailures: 5,
  });
});

test.each([
  ['latencyUnder: 500ms', { kind: 'latency', under: 0.5 }],
  ['firstTokenUnder: 1m', { kind: 'firstToken', under: 60 }],
  ['period: 12w', { kind: 'availability', period: '84d' }],
])('an objective with %s', (setting, expected) => {
  expect(configOf(`slos: [{ name: a, objective: 0.99, ${setting} }]`).slos[0]).toMatchObject(expected);
});

/**
 * sloth's google-30d.yaml and google-28d.yaml with the formulas of its documentation,
 * error budget percent × period / long window. https://github.com/slok/sloth (November 2026)
 */
const OF_SLOTH = [
  { period: '30d', factors: [14.4, 6, 3, 1] },
  { period: '28d', factors: [13.44, 5.6, 2.8, 0.933333333333] },
];

test.each(OF_SLOTH)('the factors of $period are those of sloth', ({ period, factors }) => {
  const [slo] = configOf(`slos: [{ name: a, objective: 0.999, period: ${period} }]`).slos;
  expect(slo!.burns.map(({ factor }) => factor)).toEqual(factors);
  expect(slo!.burns.map(({ short, long, severity }) => [severity, short, long])).toEqual([
    ['critical', '5m', '1h'],
    ['critical', '30m', '6h'],
    ['warning', '2h', '1d'],
    ['warning', '6h', '3d'],
  ]);
});

test.each([
  // Bounds as sloth writes them for its example of 99.9 %: 14.4 × 0.001 and so on.
  [0.999, '30d', [0.0144, 0.006, 0.003, 0.001]],
  [0.95, '30d', [0.72, 0.3, 0.15, 0.05]],
  [0.99, '90d', [0.432, 0.18, 0.09, 0.03]],
  // 3.36, 1.4, and instead of 0.7 and 0.233, at which a budget of 7 days outlasts them, 1.
  [0.9, '7d', [0.336, 0.14, 0.1, 0.1]],
])('an objective of %d over %s alerts above %j', (objective, period, bounds) => {
  const [slo] = configOf(`slos: [{ name: a, objective: ${objective}, period: ${period} }]`).slos;
  expect(slo!.burns.map(({ bound }) => bound)).toEqual(bounds);
});

describe('is refused', () => {
  test.each([
    [
      'an objective whose alert could never fire, with the arithmetic',
      'slos: [{ name: a, objective: 0.93 }]',
      'slos[0].objective: its alert of 5m and 1h would fire above 14.4 × (1 - 0.93) = 1.008, and no share of bad calls over 30d is ever above 1; raise it to 0.9307 or more, or shorten the period',
    ],
    [
      'a time that is no bound of the histogram',
      'slos: [{ name: a, objective: 0.99, latencyUnder: 3s }]',
      'slos[0].latencyUnder: found "3s"; the histogram tells only these apart: 50ms, 100ms, 200ms, 500ms, 1s, 2s, 5s, 10s, 20s, 30s, 1m, 2m, 5m, 10m',
    ],
    [
      'an objective of two kinds',
      'slos: [{ name: a, objective: 0.99, latencyUnder: 1s, firstTokenUnder: 1s }]',
      'slos[0]: found a map; an objective is of one kind: keep either latencyUnder or firstTokenUnder',
    ],
    [
      'a period of six days',
      'slos: [{ name: a, objective: 0.99, period: 6d }]',
      'slos[0].period: found "6d"; a whole number of days from 7d to 90d is allowed',
    ],
    [
      'a label that the metric has not got',
      'slos: [{ name: a, objective: 0.99, latencyUnder: 1s, where: { app: web } }]',
      'slos[0].where.app: latency has no such label; provider, model and operation are allowed',
    ],
    [
      'a label that nothing has',
      'budgets: [{ name: a, usd: 1, period: daily, where: { ap: web } }]',
      'budgets[0].where.ap: the cost of calls has no such label; did you mean app?',
    ],
  ])('%s', (_what, yaml, problem) => {
    expect(problemsOf(yaml)).toEqual([problem]);
  });

  test('an objective that is scraped too seldom', () => {
    expect(problemsOf('slos: [{ name: a, objective: 0.99 }]\nprometheus: { scrapeInterval: 3m }')).toContain(
      'prometheus.scrapeInterval: rules read 5m at a time, which hold fewer than two scrapes (every 3m); scrape more often',
    );
  });

  test('but not the same objective just above', () => {
    expect(problemsOf('slos: [{ name: a, objective: 0.9307 }]')).toEqual([]);
  });
});
