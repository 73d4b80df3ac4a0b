import { PercentUnit, RequestsPerSecond } from '@grafana/grafana-foundation-sdk/units';
import { badRatioRecord, SLO_RECORDS } from '../../alerts/objectives/names.js';
import type { Row } from '../layout.js';
import { BUDGET_LEFT_STEPS, untilCounted } from '../objectivePanels.js';
import { HEIGHT, row } from '../rows.js';
import { graph } from '../styles/graph.js';
import { CHOSEN } from './chosen.js';

/** When the budgets were used. */
export function history(): readonly Row[] {
  return [
    row(
      HEIGHT.graph,
      graph({
        title: 'Error budgets left over time',
        description:
          'What was left of each budget. A step down is an incident: choose that time and open the boards of errors and latency. A slow slope: something small that is always wrong.',
        unit: PercentUnit,
        decimals: 1,
        queries: [{ vector: untilCounted(SLO_RECORDS.budgetLeft, 1, CHOSEN), legend: '{{slo}}' }],
        steps: BUDGET_LEFT_STEPS,
        min: null,
        noValue: 'no objective',
      }),
    ),
    row(
      HEIGHT.graph,
      graph({
        title: 'Share of bad calls',
        description:
          'Share of the calls that an objective counts as bad, over 5 minutes. It shows when incidents began and ended; compare with deployments and alerts.',
        unit: PercentUnit,
        decimals: 2,
        queries: [{ vector: untilCounted(badRatioRecord('5m'), 0, CHOSEN), legend: '{{slo}}' }],
        noValue: 'no objective',
      }),
      graph({
        title: 'Calls that objectives count',
        description:
          'Calls a second that an objective counts, good and bad. Far fewer than usual: the applications do not call, and a ratio of few calls says little.',
        unit: RequestsPerSecond,
        decimals: 2,
        queries: [
          { vector: untilCounted(SLO_RECORDS.events, 0, CHOSEN), legend: '{{slo}}' },
          { vector: untilCounted(SLO_RECORDS.badEvents, 0, CHOSEN), legend: '{{slo}}, bad' },
        ],
        noValue: 'no objective',
      }),
    ),
  ];
}
