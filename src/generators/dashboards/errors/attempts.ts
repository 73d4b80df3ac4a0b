import { Milliseconds, PercentUnit, RequestsPerSecond } from '@grafana/grafana-foundation-sdk/units';
import type { Config } from '../../../config/Config.js';
import { select } from '../../promql/select.js';
import { orZero, positive, rate, ratio, sum } from '../../promql/vector.js';
import type { Row } from '../layout.js';
import { HEIGHT, row } from '../rows.js';
import { COLOURS } from '../styles/colours.js';
import { graph } from '../styles/graph.js';
import { RATE } from '../styles/query.js';
import { risingSteps } from '../styles/thresholds.js';
import { chosenFilters } from '../variables.js';

const NONE = 'none';
/** One attempt in twenty made again doubles what a bad moment costs. */
const RETRY_SHARE = 0.05;

/** What happened on the wire, which the callers of a client that tries again never see. */
export function attempts(config: Config): readonly Row[] {
  const chosen = chosenFilters(config);
  const tried = sum(rate(select('attempts', {}, chosen), RATE), ['model']);
  const again = sum(rate(select('retries', {}, chosen), RATE), ['model']);
  const calls = sum(rate(select('requests', {}, chosen), RATE), ['model']);
  const lost = sum(rate(select('retryLost', {}, chosen), RATE), ['model']);
  return [
    row(
      HEIGHT.graph,
      graph({
        title: 'Attempts by HTTP status',
        description:
          'HTTP attempts a second, those included that a retry made good. none: no answer came. 429: a limit. 401, 403: the key. 5xx: the API.',
        unit: RequestsPerSecond,
        decimals: 3,
        queries: [
          {
            vector: positive(sum(rate(select('attempts', {}, chosen), RATE), ['http_status'])),
            legend: '{{http_status}}',
          },
        ],
        stacked: true,
        colours: { 200: COLOURS.good, [NONE]: COLOURS.critical },
      }),
      graph({
        title: 'Retries by reason',
        description:
          'Attempts made again, a second, by why the one before failed. rate_limit: the load is too bursty. timeout: the timeout is shorter than the answers take.',
        unit: RequestsPerSecond,
        decimals: 3,
        queries: [
          {
            vector: orZero(positive(sum(rate(select('retries', {}, chosen), RATE), ['reason'])), 'reason', NONE),
            legend: '{{reason}}',
          },
        ],
        bars: true,
        stacked: true,
        colours: { [NONE]: COLOURS.good },
      }),
    ),
    row(
      HEIGHT.graph,
      graph({
        title: 'Share of attempts that are retries',
        description:
          "How much of the traffic is made again. High for long: retries add to the load that makes them; lower the client's maxRetries.",
        unit: PercentUnit,
        decimals: 2,
        queries: [{ vector: ratio(again, tried), legend: '{{model}}' }],
        steps: risingSteps(RETRY_SHARE),
      }),
      graph({
        title: 'Time lost to retries',
        description:
          'Milliseconds that retries add to a call on average: from the start of each failed attempt to the start of the next. High: shorten the timeout, or call another model at once.',
        unit: Milliseconds,
        decimals: 1,
        queries: [{ vector: ratio(lost, calls), legend: '{{model}}' }],
      }),
    ),
  ];
}
