import { NoUnit } from '@grafana/grafana-foundation-sdk/units';
import type { Config } from '../../../config/Config.js';
import type { Row } from '../layout.js';
import { HEIGHT, row } from '../rows.js';
import { graph } from '../styles/graph.js';
import type { Query } from '../styles/query.js';
import { burnRate, burnSteps } from './burnRate.js';

/** The windows of the alerts that page, and of those that open a ticket. */
const FAST = ['5m', '1h', '6h'];
const SLOW = ['1d', '3d'];

/** How fast the budgets are used up, by the windows that the alerts look at. */
export function burns(config: Config): readonly Row[] {
  const steps = burnSteps(config);
  return [
    row(
      HEIGHT.graph,
      graph({
        title: 'Burn rates by short windows',
        description:
          'How many times faster than allowed each budget burns, over 5 minutes, an hour and 6 hours. Above the upper line for the hour and the 5 minutes: the alert pages; look at errors and latency now.',
        unit: NoUnit,
        decimals: 2,
        queries: lines(FAST),
        steps,
      }),
      graph({
        title: 'Burn rates by long windows',
        description:
          'How many times faster than allowed each budget burns, over one day and three. Above the lower line: it will not last; find the slow leak before it is gone.',
        unit: NoUnit,
        decimals: 2,
        queries: lines(SLOW),
        steps,
      }),
    ),
  ];
}

function lines(windows: readonly string[]): readonly Query[] {
  return windows.map((window) => ({ vector: burnRate(window), legend: `{{slo}}, ${window}` }));
}
