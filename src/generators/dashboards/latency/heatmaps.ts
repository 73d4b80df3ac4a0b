import { Milliseconds } from '@grafana/grafana-foundation-sdk/units';
import type { Config } from '../../../config/Config.js';
import { select } from '../../promql/select.js';
import { SUCCEEDED } from '../../promql/statuses.js';
import { bucketRates, sum } from '../../promql/vector.js';
import type { Row } from '../layout.js';
import { HEIGHT, row } from '../rows.js';
import { heatmap } from '../styles/heatmap.js';
import { RATE } from '../styles/query.js';
import { chosenFilters } from '../variables.js';

/** The shape behind the percentiles: one group of calls, or a fast and a slow one. */
export function heatmaps(config: Config): Row {
  const chosen = chosenFilters(config);
  return row(
    HEIGHT.graph,
    heatmap({
      title: 'Durations',
      description:
        'How many successful calls a second took how long. Two bands: two kinds of calls, or a cache. All moving up: the API is under load. A mark is one call; click on it for its trace.',
      unit: Milliseconds,
      buckets: sum(bucketRates(select('duration', { status: SUCCEEDED }, chosen), RATE), ['le']),
    }),
    heatmap({
      title: 'First tokens',
      description:
        'How many streams a second began after how long. A band far above the others: a model that reasons, or prompts that are not cached. A mark is one call; click on it for its trace.',
      unit: Milliseconds,
      buckets: sum(bucketRates(select('firstToken', {}, chosen), RATE), ['le']),
    }),
  );
}
