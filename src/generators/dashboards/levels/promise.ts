import { LocaleFormat, NoUnit, PercentUnit } from '@grafana/grafana-foundation-sdk/units';
import type { Config } from '../../../config/Config.js';
import { badRatioRecord, eventsRecord, SLO_RECORDS } from '../../alerts/objectives/names.js';
import { both } from '../../promql/functions.js';
import type { Vector } from '../../promql/vector.js';
import type { Row } from '../layout.js';
import { BUDGET_LEFT_STEPS, objectives, ofObjectives, untilCounted } from '../objectivePanels.js';
import { HEIGHT, row } from '../rows.js';
import { tiles } from '../styles/stat.js';
import { table } from '../styles/table.js';
import { burnSteps } from './burnRate.js';
import { CHOSEN } from './chosen.js';

/** Each objective as it stands. */
export function promise(config: Config): readonly Row[] {
  const periods = [...new Set(config.slos.map(({ period }) => period))].sort();
  const bad = anyOf(periods.map((period) => ofObjectives(badRatioRecord(period), CHOSEN)));
  const events = anyOf(periods.map((period) => ofObjectives(eventsRecord(period), CHOSEN)));
  const none = objectives(CHOSEN);
  const orNone = ({ text, labels }: Vector<'slo'>, number: number): Vector<'slo'> => ({
    text: `${text}\nor on (slo)\n0 * ${none.text} + ${number}`,
    labels,
  });
  const burn = untilCounted(SLO_RECORDS.burnRate, 0, CHOSEN);
  const left = untilCounted(SLO_RECORDS.budgetLeft, 1, CHOSEN);
  return [
    row(
      HEIGHT.tile,
      tiles({
        title: 'Error budgets left',
        description:
          'How much of the bad calls that each objective allows in its period is still unused. Below 10 %: no risky changes. Below 0: the promise is broken; say so, and find what used it up in the history below.',
        unit: PercentUnit,
        decimals: 1,
        queries: [{ vector: left, legend: '{{slo}}' }],
        steps: BUDGET_LEFT_STEPS,
        noValue: 'no objective',
      }),
      tiles({
        title: 'Burn rates of the last hour',
        description:
          'How many times faster than allowed the budget is being used up; 1 uses it up exactly by the end of the period. High: something is wrong now; see the boards of errors and latency for what.',
        unit: NoUnit,
        decimals: 2,
        queries: [{ vector: burn, legend: '{{slo}}' }],
        steps: burnSteps(config),
        noValue: 'no objective',
      }),
    ),
    row(
      HEIGHT.bars,
      table({
        title: 'Objectives',
        description:
          'What is promised and what was measured over the period of each objective. Measured below the objective: the budget is used up; what used it stands in the history below.',
        rows: { slo: 'Objective' },
        columns: [
          { title: 'Promised', vector: objectives(CHOSEN), unit: PercentUnit, decimals: 2 },
          {
            title: 'Measured',
            vector: orNone({ text: `1 - (${bad.text})`, labels: ['slo'] }, 1),
            unit: PercentUnit,
            decimals: 3,
          },
          { title: 'Budget left', vector: left, unit: PercentUnit, decimals: 1, steps: BUDGET_LEFT_STEPS },
          { title: 'Burn rate, last hour', vector: burn, unit: NoUnit, decimals: 2, steps: burnSteps(config) },
          {
            title: 'Period in days',
            vector: untilCounted(SLO_RECORDS.periodDays, 0, CHOSEN),
            unit: NoUnit,
            decimals: 0,
          },
          { title: 'Calls in the period', vector: orNone(events, 0), unit: LocaleFormat, decimals: 0 },
          {
            title: 'Bad calls in the period',
            vector: orNone({ text: `(${bad.text}) * on (slo) (${events.text})`, labels: ['slo'] }, 0),
            unit: LocaleFormat,
            decimals: 0,
          },
        ],
        sortBy: 'Burn rate, last hour',
        noValue: 'no objective',
      }),
    ),
  ];
}

function anyOf(vectors: readonly Vector<'slo'>[]): Vector<'slo'> {
  return vectors.reduce((all, next) => both(all, next));
}
