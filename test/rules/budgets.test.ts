import { dump } from 'js-yaml';
import { generateFiles } from '../../src/generators/index.js';
import { configOf } from '../helpers/configOf.js';
import { runProgram } from '../helpers/runProgram.js';
import { temporaryFolder, type TemporaryFolder } from '../helpers/temporaryFolder.js';

/** One dollar an hour from Thursday, 1 January 1970, on, looked at by the hour. */
const YAML = `
budgets:
  - { name: day, usd: 20, period: daily }
  - { name: week, usd: 20, period: weekly }
  - { name: month, usd: 700, period: monthly }`;
const HOURS = 62 * 24;

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

const spent = (budget: string, period: string, hour: number, value: number) => ({
  expr: `budget_period:ai_budget_spent_usd:sum{budget="${budget}"}`,
  eval_time: `${hour}h`,
  exp_samples: [{ labels: `budget_period:ai_budget_spent_usd:sum{budget="${budget}", period="${period}"}`, value }],
});

const pages = (budget: string, hour: number, value: number) => ({
  expr: `count(ALERTS{alertname="AIBudgetUsed", alertstate="firing", budget="${budget}", severity="critical"}) or vector(0)`,
  eval_time: `${hour}h`,
  exp_samples: [{ labels: '{}', value }],
});

test('budgets begin anew at midnight, on Monday and on the first, and their alerts end then', async () => {
  const rules = generateFiles(configOf(YAML)).filter(({ path }) => /^alerts\/budget-[^/]+$/.test(path));
  for (const { path, content } of rules) folder.write(path, content);
  const series = 'ai_cost_usd_total{provider="openai", job="promptmeter", instance="a"}';
  folder.write(
    'test.yml',
    dump({
      rule_files: ['alerts/*.yml'],
      evaluation_interval: '1h',
      tests: [
        {
          interval: '1h',
          input_series: [{ series, values: `0+1x${HOURS}` }],
          promql_expr_test: [
            // The hour before midnight is seen at midnight, so it counts for the new period.
            ...[spent('day', 'daily', 23, 23), spent('day', 'daily', 24, 1), spent('day', 'daily', 47, 24)],
            ...[pages('day', 19, 0), pages('day', 20, 1), pages('day', 24, 0)],
            // The first Monday is the 5th.
            ...[spent('week', 'weekly', 95, 95), spent('week', 'weekly', 96, 1), spent('week', 'weekly', 263, 168)],
            ...[spent('week', 'weekly', 264, 1), pages('week', 95, 1), pages('week', 96, 0)],
            // 31 days, then the 28 of February.
            ...[spent('month', 'monthly', 743, 743), spent('month', 'monthly', 744, 1)],
            ...[spent('month', 'monthly', 1415, 672), spent('month', 'monthly', 1416, 1)],
            ...[pages('month', 699, 0), pages('month', 743, 1), pages('month', 744, 0), pages('month', 1415, 0)],
          ],
        },
      ],
    }),
  );
  const { succeeded, output } = await runProgram('promtool', ['test', 'rules', `${folder.path}/test.yml`]);
  expect(succeeded ? '' : output).toBe('');
}, 120_000);
