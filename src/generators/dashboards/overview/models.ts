import { Dollars, Milliseconds, PercentUnit, RequestsPerSecond, Short } from '@grafana/grafana-foundation-sdk/units';
import type { Config } from '../../../config/Config.js';
import type { Row } from '../layout.js';
import { linkToModel } from '../links.js';
import type { Queries } from '../queries.js';
import { HEIGHT, row } from '../rows.js';
import type { ShownThresholds } from '../styles/shownThresholds.js';
import { table } from '../styles/table.js';
import { COST_UID, ERRORS_UID, LATENCY_UID, OVERVIEW_UID } from '../uids.js';

/** One row per model; each number leads to the dashboard that explains it. */
export function models(config: Config, q: Queries, { latency, firstToken, errors, cost }: ShownThresholds): Row {
  const by = ['provider', 'model'] as const;
  const slow = linkToModel(config, LATENCY_UID, 'Why is it slow?');
  const failing = linkToModel(config, ERRORS_UID, 'Why does it fail?');
  const dear = linkToModel(config, COST_UID, 'Where does the money go?');
  return row(
    HEIGHT.table,
    table({
      title: 'Models',
      description:
        'The newest value of everything, per API and model. Click on a name to see only that model here, on a number for the dashboard that explains it.',
      rows: { model: 'Model', provider: 'Provider' },
      columns: [
        { title: 'Requests/s', vector: q.requests(by), unit: RequestsPerSecond, decimals: 2 },
        {
          title: 'Error ratio',
          vector: q.errorRatio(by),
          unit: PercentUnit,
          decimals: 2,
          steps: errors.steps,
          link: failing,
        },
        {
          title: 'p95 latency',
          vector: q.duration(0.95, by),
          unit: Milliseconds,
          decimals: 1,
          steps: latency.steps,
          link: slow,
        },
        {
          title: 'p95 first token',
          vector: q.firstToken(0.95, by),
          unit: Milliseconds,
          decimals: 1,
          steps: firstToken.steps,
          link: slow,
        },
        { title: 'Tokens/s', vector: q.tokens(by), unit: Short, decimals: 1, link: dear },
        { title: '$/h', vector: q.usdPerHour(by), unit: Dollars, decimals: 2, steps: cost.steps, link: dear },
      ],
      sortBy: 'Requests/s',
      link: linkToModel(config, OVERVIEW_UID, 'Only this model'),
    }),
  );
}
