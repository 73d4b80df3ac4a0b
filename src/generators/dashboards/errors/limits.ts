import { PercentUnit, Seconds } from '@grafana/grafana-foundation-sdk/units';
import type { Config } from '../../../config/Config.js';
import { greatest, least, quotient } from '../../promql/functions.js';
import { select } from '../../promql/select.js';
import { value, type Vector } from '../../promql/vector.js';
import { lately } from '../lately.js';
import type { Row } from '../layout.js';
import { HEIGHT, row } from '../rows.js';
import { graph } from '../styles/graph.js';
import { fallingSteps } from '../styles/thresholds.js';
import { chosenFilters } from '../variables.js';

const BY = ['provider', 'model', 'kind'] as const;
type Limit = (typeof BY)[number];

/** A fifth left leaves time to act; a twentieth does not. */
export const HEADROOM_STEPS = fallingSteps(0.2, 0.05);

/** Share that remains of each rate limit, as the busiest replica was told last. */
export function headroom(config: Config): Vector<Limit> {
  const chosen = chosenFilters(config);
  const remaining = least(lately(config, value(select('rateLimitRemaining', {}, chosen))), BY);
  return quotient(remaining, greatest(value(select('rateLimit', {}, chosen)), BY));
}

/** How near the limits of the API are. */
export function limits(config: Config): readonly Row[] {
  const reset = greatest(lately(config, value(select('rateLimitReset', {}, chosenFilters(config)))), BY);
  return [
    row(
      HEIGHT.graph,
      graph({
        title: 'Rate limit headroom',
        description:
          'What remains of each limit of requests and tokens, as the API last said. Near 0: the next burst is refused with 429; spread the load or ask for a higher limit.',
        unit: PercentUnit,
        decimals: 1,
        queries: [{ vector: headroom(config), legend: '{{model}}, {{kind}}' }],
        steps: HEADROOM_STEPS,
        max: 1,
        noValue: 'no limit known',
      }),
      graph({
        title: 'Time until the limits are whole again',
        description:
          'Seconds until nothing of a limit is used, as the API last said. Long: the load comes faster than the limit refills; let callers wait for it.',
        unit: Seconds,
        decimals: 1,
        queries: [{ vector: reset, legend: '{{model}}, {{kind}}' }],
        noValue: 'no limit known',
      }),
    ),
  ];
}
