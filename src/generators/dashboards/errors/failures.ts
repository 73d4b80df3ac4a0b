import { PercentUnit, RequestsPerSecond } from '@grafana/grafana-foundation-sdk/units';
import type { Config } from '../../../config/Config.js';
import { oneOf } from '../../promql/match.js';
import { select } from '../../promql/select.js';
import { rate, sum } from '../../promql/vector.js';
import { ERROR_COLOURS, errorsByType } from '../errorsByType.js';
import type { Row } from '../layout.js';
import type { Queries } from '../queries.js';
import { HEIGHT, row } from '../rows.js';
import { COLOURS } from '../styles/colours.js';
import { graph } from '../styles/graph.js';
import { RATE } from '../styles/query.js';
import { shownThreshold } from '../styles/thresholds.js';
import { chosenFilters } from '../variables.js';

/** Ends that leave the reader with half an answer. */
const BROKEN = ['aborted', 'stream_interrupted', 'stream_error'] as const;

/** What fails, of which kind, and whose it is. */
export function failures(config: Config, q: Queries): readonly Row[] {
  const errors = shownThreshold(config, 'errorRatio');
  const broken = sum(rate(select('errors', { error_type: oneOf(BROKEN) }, chosenFilters(config)), RATE), [
    'error_type',
  ]);
  return [
    row(
      HEIGHT.graph,
      graph({
        title: 'Errors by type',
        description:
          'Calls that did not succeed, a second, by why. rate_limit: spread the load or raise the limit. authentication, permission, quota_exceeded: mend the key or the account. invalid_request, context_length: mend the caller. server_error, overloaded: wait, or use another model. aborted: the caller left.',
        unit: RequestsPerSecond,
        decimals: 3,
        queries: [errorsByType(q)],
        bars: true,
        colours: ERROR_COLOURS,
        stacked: true,
      }),
      graph({
        title: 'Error ratio by model',
        description: `Share of failed calls, without aborted ones. One model alone: use another until it is well. All together: key, account or network.${errors.note}`,
        unit: PercentUnit,
        decimals: 2,
        queries: [{ vector: q.errorRatio(['model']), legend: '{{model}}' }],
        steps: errors.steps,
      }),
    ),
    row(
      HEIGHT.graph,
      graph({
        title: 'Broken streams and aborted calls',
        description:
          'Calls a second that left half an answer. stream_interrupted: the connection broke, look at proxies and timeouts. stream_error: the API gave up in mid-answer. aborted: the caller left, which costs tokens all the same.',
        unit: RequestsPerSecond,
        decimals: 3,
        queries: [{ vector: broken, legend: '{{error_type}}' }],
        bars: true,
        stacked: true,
        colours: { aborted: COLOURS.chosen },
      }),
      graph({
        title: 'Error ratio by operation',
        description:
          'Share of failed calls, without aborted ones. One operation alone: what its callers send has changed; look there first.',
        unit: PercentUnit,
        decimals: 2,
        queries: [{ vector: q.errorRatio(['operation']), legend: '{{operation}}' }],
        steps: errors.steps,
      }),
    ),
  ];
}
