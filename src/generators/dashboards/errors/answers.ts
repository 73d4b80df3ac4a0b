import { PercentUnit, RequestsPerSecond } from '@grafana/grafana-foundation-sdk/units';
import type { Config } from '../../../config/Config.js';
import { oneOf } from '../../promql/match.js';
import { select } from '../../promql/select.js';
import { rate, ratio, sum } from '../../promql/vector.js';
import type { Row } from '../layout.js';
import { HEIGHT, row } from '../rows.js';
import { COLOURS } from '../styles/colours.js';
import { graph } from '../styles/graph.js';
import { RATE } from '../styles/query.js';
import { chosenFilters } from '../variables.js';

/** Answers that came and are not what was asked for. */
const INCOMPLETE = ['length', 'content_filter'] as const;

/** Calls that count as successful, and how their answers ended. */
export function answers(config: Config): Row {
  const chosen = chosenFilters(config);
  const all = sum(rate(select('finish', {}, chosen), RATE), ['model']);
  const incomplete = sum(rate(select('finish', { finish_reason: oneOf(INCOMPLETE) }, chosen), RATE), ['model']);
  return row(
    HEIGHT.graph,
    graph({
      title: 'Answers by finish reason',
      description:
        'Answers a second, by why the model stopped. length: it reached the limit of tokens, so raise it. content_filter: the API held back the answer; look at the prompts.',
      unit: RequestsPerSecond,
      decimals: 3,
      queries: [
        { vector: sum(rate(select('finish', {}, chosen), RATE), ['finish_reason']), legend: '{{finish_reason}}' },
      ],
      stacked: true,
      colours: { stop: COLOURS.good, length: COLOURS.warning, content_filter: COLOURS.critical },
    }),
    graph({
      title: 'Cut or filtered answers by model',
      description:
        'Share of the answers that ended too early, which count as successful calls. A rise: prompts ask for more than max_tokens allows, or a filter has changed.',
      unit: PercentUnit,
      decimals: 2,
      queries: [{ vector: ratio(incomplete, all), legend: '{{model}}' }],
    }),
  );
}
