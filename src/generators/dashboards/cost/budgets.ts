import { Dollars, PercentUnit } from '@grafana/grafana-foundation-sdk/units';
import type { Config } from '../../../config/Config.js';
import { BUDGET_RECORDS } from '../../alerts/budgets/names.js';
import { minus, orElse } from '../../promql/functions.js';
import { BUDGET, BUDGET_USED_STEPS, budgets, noBudgets, ofBudgets, untilEvaluated } from '../budgetPanels.js';
import type { Row } from '../layout.js';
import { HEIGHT, row } from '../rows.js';
import { COLOURS } from '../styles/colours.js';
import { graph } from '../styles/graph.js';
import { wordFor } from '../styles/mappings.js';
import { table } from '../styles/table.js';

const NAME = '{{budget}}, {{period}}';

/** What is left of each budget, and whether it will last. The variables at the top do not narrow these. */
export function budgetRows({ budgets: named }: Config): readonly Row[] {
  if (named.length === 0)
    return [
      row(3, noBudgets('Budgets', 'How much of each budget is left, and whether it lasts to the end of its period.')),
    ];
  const { used, spent, forecastLow, forecastHigh } = BUDGET_RECORDS;
  const left = minus(budgets(), untilEvaluated(spent));
  const notYet = [wordFor(0, 'not yet known', COLOURS.chosen)];
  return [
    row(
      HEIGHT.graph,
      graph({
        title: 'Left of the budgets',
        description:
          'US dollars left of each budget in its running period, by UTC. It falls to 0 before the period ends: find the spender above, or raise the budget in promptmeter.yaml. Not narrowed by the choice at the top.',
        unit: Dollars,
        decimals: 2,
        queries: [{ vector: left, legend: NAME }],
        min: null,
      }),
      graph({
        title: 'Forecast to the end of the period',
        description:
          "What each budget's running period comes to at the slower and at the faster of two paces: of the last day and week, for a daily budget of the last hour and day. Above the budget: act now. Not narrowed by the choice at the top.",
        unit: Dollars,
        decimals: 2,
        queries: [
          { vector: orElse(ofBudgets(forecastLow), BUDGET, untilEvaluated(spent)), legend: `${NAME}: at least` },
          { vector: orElse(ofBudgets(forecastHigh), BUDGET, untilEvaluated(spent)), legend: `${NAME}: at most` },
          { vector: budgets(), legend: `${NAME}: budget` },
        ],
      }),
    ),
    row(
      HEIGHT.bars,
      table({
        title: 'Budgets',
        description:
          'Each budget with what is spent and expected of it. Expected more than the budget: see who spends it above, or raise it in promptmeter.yaml. Not narrowed by the choice at the top.',
        rows: { budget: 'Budget', period: 'Period' },
        columns: [
          { title: 'US dollars', vector: budgets(), unit: Dollars, decimals: 2 },
          { title: 'Spent', vector: untilEvaluated(spent), unit: Dollars, decimals: 2 },
          { title: 'Used', vector: untilEvaluated(used), unit: PercentUnit, decimals: 1, steps: BUDGET_USED_STEPS },
          {
            title: 'Expected at least',
            vector: untilEvaluated(forecastLow),
            unit: Dollars,
            decimals: 2,
            mappings: notYet,
          },
          {
            title: 'Expected at most',
            vector: untilEvaluated(forecastHigh),
            unit: Dollars,
            decimals: 2,
            mappings: notYet,
          },
        ],
        sortBy: 'Used',
      }),
    ),
  ];
}
