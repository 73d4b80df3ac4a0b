import { dump } from 'js-yaml';
import { generateFiles } from '../../src/generators/index.js';
import { badRatioRecord } from '../../src/generators/alerts/objectives/names.js';
import { configOf } from '../helpers/configOf.js';
import { outputOf } from '../helpers/runProgram.js';
import { temporaryFolder, type TemporaryFolder } from '../helpers/temporaryFolder.js';

/**
 * The figures of sloth's own example for 99.9 % over 30 days (examples/_gen/getting-started.yml and the windows of
 * google-30d, https://github.com/slok/sloth, November 2026): a record of the failed share for each window, no `for`, a
 * page and a ticket of two pairs each. The ticket's second pair, of 6h and 3d, needs more days than a test should take; it
 * has the same tenth of the budget, and its figures stand in test/unit/config/objectives.test.ts.
 */
const BUDGET = 0.001;
const WINDOWS = ['5m', '30m', '1h', '2h', '6h', '1d'];
const PAIRS = {
  page: [
    { factor: 14.4, short: '5m', long: '1h' },
    { factor: 6, short: '30m', long: '6h' },
  ],
  ticket: [{ factor: 3, short: '2h', long: '1d' }],
};

const failed = (window: string) =>
  `sum(rate(ai_requests_total{status="error"}[${window}])) / sum(rate(ai_requests_total[${window}]))`;
const burns = (pairs: (typeof PAIRS)['page']) =>
  pairs
    .map(({ factor, short, long }) =>
      [short, long].map((window) => `sloth:ratio_rate${window} > (${factor} * ${BUDGET})`).join(' and '),
    )
    .map((pair) => `(${pair})`)
    .join(' or ');
const SLOTH = {
  groups: [
    {
      name: 'sloth',
      rules: [
        ...WINDOWS.map((window) => ({ record: `sloth:ratio_rate${window}`, expr: failed(window) })),
        { alert: 'Sloth', expr: burns(PAIRS.page), labels: { severity: 'critical' } },
        { alert: 'Sloth', expr: burns(PAIRS.ticket), labels: { severity: 'warning' } },
      ],
    },
  ],
};

/** A good day; an hour of 2 % failures; an hour and a half of none; four hours of 1.6 %. Minutes and failures in 1000. */
const DAY = 1440;
const PHASES = [
  { minutes: DAY, failures: 0 },
  { minutes: 60, failures: 20 },
  { minutes: 90, failures: 0 },
  { minutes: 240, failures: 16 },
];

function counter(growth: (failures: number) => number): string {
  let last = 0;
  const parts = PHASES.map(({ minutes, failures }) => {
    const step = growth(failures);
    const first = last + step;
    last = first + step * (minutes - 1);
    return `${first}+${step}x${minutes - 1}`;
  });
  return `0 ${parts.join(' ')}`;
}

/** Calls in both of the metrics that tell their number. */
const calls = (status: string, growth: (failures: number) => number) =>
  ['ai_requests_total', 'ai_request_duration_ms_count'].map((name) => ({
    series: `${name}{status="${status}"}`,
    values: counter(growth),
  }));

/** Minutes after the first failure, and what both must say then. Sloth's own minutes: 43.2, 54 and 195 of their phases. */
const MOMENTS = [
  { what: 'before 2 % of the budget are gone', minute: 42, page: 0, ticket: 0 },
  { what: 'once 2 % of the budget are gone', minute: 48, page: 1, ticket: 0 },
  { what: 'after an hour of calm', minute: 149, page: 0, ticket: 0 },
  { what: 'before the second page', minute: 150 + 53, page: 0, ticket: 0 },
  { what: 'at the second page', minute: 150 + 59, page: 1, ticket: 0 },
  { what: 'before 10 % of the budget are gone', minute: 150 + 194, page: 1, ticket: 0 },
  { what: 'once 10 % of the budget are gone', minute: 150 + 199, page: 1, ticket: 1 },
];

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

test('an established objective has the shares of sloth, and its page and its ticket come and go with those of sloth', async () => {
  const files = generateFiles(
    configOf('slos: [{ name: a, objective: 0.999, minimumRequests: 0, minimumFailures: 1 }]'),
  );
  for (const { path, content } of files) folder.write(path, content);
  folder.write('sloth.yml', dump(SLOTH));
  const firing = (alert: string, severity: string) =>
    `count(ALERTS{alertname="${alert}", severity="${severity}", alertstate="firing"}) or vector(0)`;
  const expected = MOMENTS.flatMap(({ minute, page, ticket }) =>
    ['Sloth', 'AIErrorBudgetBurn'].flatMap((alert) => [
      { minute, expr: firing(alert, 'critical'), value: page },
      { minute, expr: firing(alert, 'warning'), value: ticket },
    ]),
  );
  // Hours after the share began to be constant, both have the same share in every window up to then.
  const shares = ['5m', '30m', '1h', '2h'].flatMap((window) => [
    { minute: 389, expr: `round(sum(sloth:ratio_rate${window}), 1e-9)`, value: 0.016 },
    { minute: 389, expr: `round(sum(${badRatioRecord(window)}{slo="a"}), 1e-9)`, value: 0.016 },
  ]);
  folder.write(
    'test.yml',
    dump({
      rule_files: [
        'alerts/inputs.yml',
        'alerts/inputs-long.yml',
        'alerts/objectives.yml',
        'alerts/slo-a.yml',
        'sloth.yml',
      ],
      evaluation_interval: '1m',
      tests: [
        {
          interval: '1m',
          input_series: [...calls('success', (failures) => 1000 - failures), ...calls('error', (failures) => failures)],
          promql_expr_test: [...expected, ...shares].map(({ minute, expr, value }) => ({
            expr,
            eval_time: `${DAY + minute}m`,
            exp_samples: [{ labels: '{}', value }],
          })),
        },
      ],
    }),
  );
  expect(await outputOf('promtool', ['test', 'rules', `${folder.path}/test.yml`])).not.toContain('FAILED');
}, 120_000);
