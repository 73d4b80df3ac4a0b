import { LocaleFormat, PercentUnit } from '@grafana/grafana-foundation-sdk/units';
import type { Config } from '../../../config/Config.js';
import { greatest } from '../../promql/functions.js';
import { noneOf } from '../../promql/match.js';
import { select } from '../../promql/select.js';
import { increase, orZero, sum, value } from '../../promql/vector.js';
import type { Row } from '../layout.js';
import { HEIGHT } from '../rows.js';
import { bars } from '../styles/bars.js';
import { COLOURS } from '../styles/colours.js';
import { wordFor } from '../styles/mappings.js';
import { SHOWN_TIME } from '../styles/query.js';
import { tiles } from '../styles/stat.js';
import { table } from '../styles/table.js';
import { risingSteps } from '../styles/thresholds.js';
import { chosenFilters, onlyChosen } from '../variables.js';

/** Calls whose cost is not, or not quite, in any of the numbers above, and how far the bill is from them. */
export function uncounted(config: Config): readonly Row[] {
  const chosen = chosenFilters(config);
  const by = ['provider', 'model'] as const;
  const any = risingSteps(1);
  return [
    {
      height: HEIGHT.table,
      panels: [
        {
          width: 12,
          panel: table({
            title: 'Calls of unknown cost',
            description:
              'Calls in the time that is shown. No price: name the model under prices in promptmeter.yaml. No usage: the API sent no token counts; for streams let usageInStreams be true. Estimated: their tokens were counted here.',
            rows: { model: 'Model', provider: 'Provider' },
            columns: [
              {
                title: 'No price',
                vector: sum(increase(select('unpriced', {}, chosen), SHOWN_TIME), by),
                unit: LocaleFormat,
                decimals: 0,
                steps: any,
              },
              {
                title: 'No usage',
                vector: sum(
                  increase(select('usageMissing', { reason: noneOf(['background']) }, chosen), SHOWN_TIME),
                  by,
                ),
                unit: LocaleFormat,
                decimals: 0,
                steps: any,
              },
              {
                title: 'Estimated',
                vector: sum(increase(select('usageEstimated', {}, chosen), SHOWN_TIME), by),
                unit: LocaleFormat,
                decimals: 0,
              },
            ],
            sortBy: 'No price',
          }),
        },
        {
          width: 6,
          panel: bars({
            title: 'Calls without usage by reason',
            description:
              'Calls in the time that is shown whose tokens are unknown. aborted, stream_interrupted: the counts come at the end, which these never reached. not_sent: ask for them with stream_options. Without those that are made in the background and counted when they are retrieved.',
            unit: LocaleFormat,
            decimals: 0,
            queries: [
              {
                vector: sum(increase(select('usageMissing', { reason: noneOf(['background']) }, chosen), SHOWN_TIME), [
                  'reason',
                ]),
                legend: '{{reason}}',
              },
            ],
          }),
        },
        {
          width: 6,
          panel: tiles({
            title: 'Counted against billed',
            description:
              'What was counted here as a share of what the API has billed, as `promptmeter reconcile` last found. Far from 100 %: other users of the account, unpriced models, or prices that have changed.',
            unit: PercentUnit,
            decimals: 1,
            queries: [
              {
                vector: orZero(
                  greatest(value(select('costReconciliation', {}, onlyChosen(['provider']))), ['provider']),
                  'provider',
                  'all',
                ),
                legend: '{{provider}}',
              },
            ],
            mappings: [wordFor(0, 'not compared yet', COLOURS.chosen)],
          }),
        },
      ],
    },
  ];
}
