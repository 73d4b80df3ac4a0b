import { DatetimeISO, PercentUnit, Short } from '@grafana/grafana-foundation-sdk/units';
import type { Row } from '../layout.js';
import { HEIGHT, row } from '../rows.js';
import { COLOURS } from '../styles/colours.js';
import { wordFor } from '../styles/mappings.js';
import { table, type Column } from '../styles/table.js';
import { KINDS, limit, metOn, peak } from './demand.js';
import { USED_STEPS } from './load.js';

/** When a limit is met. */
export function forecast(): Row {
  return row(
    HEIGHT.table,
    table({
      title: 'When limits are met',
      description:
        'Busiest five minutes of the last day against each limit, and the day on which it is met if load grows as in the last week. Near: ask the API for a higher limit now, or move calls to another model. A week of history makes the day worth something.',
      rows: { model: 'Model', provider: 'Provider' },
      columns: KINDS.flatMap((kind): Column<'provider' | 'model'>[] => [
        { title: `Peak ${kind} a minute`, vector: peak(kind), unit: Short, decimals: 1 },
        { title: `Limit of ${kind} a minute`, vector: limit(kind), unit: Short, decimals: 1 },
        {
          title: `Peak share of ${kind}`,
          vector: { text: `${peak(kind).text} / (${limit(kind).text} > 0)`, labels: ['provider', 'model'] },
          unit: PercentUnit,
          decimals: 2,
          steps: USED_STEPS,
        },
        {
          title: `Limit of ${kind} met on`,
          vector: metOn(kind),
          unit: DatetimeISO,
          decimals: 0,
          mappings: [wordFor(0, 'not in sight', COLOURS.good)],
        },
      ]),
      sortBy: 'Peak share of tokens',
      noValue: 'no limit known',
    }),
  );
}
