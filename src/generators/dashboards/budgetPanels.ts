import { PercentUnit } from '@grafana/grafana-foundation-sdk/units';
import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Config } from '../../config/Config.js';
import { BUDGET_RECORDS } from '../alerts/budgets/names.js';
import { greatest, orElse } from '../promql/functions.js';
import { select } from '../promql/select.js';
import { value, type Vector } from '../promql/vector.js';
import { linkTo } from './links.js';
import { bars } from './styles/bars.js';
import { text } from './styles/text.js';
import { risingSteps } from './styles/thresholds.js';
import { COST_UID } from './uids.js';

export const BUDGET = ['budget', 'period'] as const;
type Budget = (typeof BUDGET)[number];

/** The shares at which the alerts warn and page. */
export const BUDGET_USED_STEPS = risingSteps(0.8, 1);

/** What a rule has recorded of each budget, without the record's name: tables would tell rows apart by it. */
export function ofBudgets(record: string): Vector<Budget> {
  return greatest({ text: record, labels: BUDGET }, BUDGET);
}

/** The budgets as every exporter tells them from its start on, in US dollars. */
export function budgets(): Vector<Budget> {
  return greatest(value(select('budget')), BUDGET);
}

/** What is recorded, or nothing spent until the first evaluation. */
export function untilEvaluated(record: string): Vector<Budget> {
  const known = budgets();
  return orElse(ofBudgets(record), BUDGET, { ...known, text: `0 * ${known.text}` });
}

/** How much of each budget of the running period is spent. */
export function budgetUsedBars(config: Config): Builder<Panel> {
  const title = 'Spent of the budgets';
  const description =
    'Share of each budget that is spent in its running day, week or month, by UTC. Near 100 %: see who spends it on the dashboard "Cost and usage", or raise the budget in promptmeter.yaml.';
  if (config.budgets.length === 0) return noBudgets(title, description);
  return bars({
    title,
    description,
    unit: PercentUnit,
    decimals: 1,
    queries: [{ vector: untilEvaluated(BUDGET_RECORDS.used), legend: '{{budget}}, {{period}}' }],
    steps: BUDGET_USED_STEPS,
    max: 1,
    noValue: 'no budget',
    link: linkTo(config, COST_UID, 'Where does the money go?'),
  });
}

/** Says how to get one. */
export function noBudgets(title: string, description: string): Builder<Panel> {
  return text({
    title,
    description,
    content: 'There is no budget yet. Name one under `budgets:` in `promptmeter.yaml` and run `npm run generate`.',
  });
}
