import type { Config } from '../../config/Config.js';
import { oneOf } from '../promql/match.js';
import { select, type KeyOfType } from '../promql/select.js';
import { FAILED, NOT_ABORTED, SUCCEEDED } from '../promql/statuses.js';
import { bucketRates, increase, quantile, rate, ratio, sum, times, value, type Vector } from '../promql/vector.js';
import type { LabelOf } from '../../metrics/catalogue.js';
import { RATE, SHOWN_TIME } from './styles/query.js';
import { chosenFilters } from './variables.js';

const SECONDS_PER_HOUR = 3600;
/** The type `total` is the sum of these. */
const PARTS = oneOf(['prompt', 'completion']);

/** What several panels ask for, narrowed by the dashboard's variables and split by the labels given. */
export interface Queries {
  readonly requests: Split<'requests'>;
  readonly errorRatio: Split<'requests'>;
  readonly tokens: Split<'tokens'>;
  readonly usdPerHour: Split<'cost'>;
  /** US dollars over the whole time that is shown. */
  readonly usdShown: Split<'cost'>;
  /** US dollars a second over a window of its own. */
  readonly usdPerSecond: (window: string) => Vector<never>;
  readonly errors: Split<'errors'>;
  readonly inFlight: Split<'inFlight'>;
  readonly duration: SplitQuantile<'duration'>;
  readonly firstToken: SplitQuantile<'firstToken'>;
  readonly perToken: SplitQuantile<'timePerOutputToken'>;
}

type Split<K extends KeyOfType<'counter' | 'gauge'>> = <B extends LabelOf<K> = never>(by?: readonly B[]) => Vector<B>;
type SplitQuantile<K extends KeyOfType<'histogram'>> = <B extends LabelOf<K> = never>(
  q: number,
  by?: readonly B[],
) => Vector<B>;

export function queriesOf(config: Config): Queries {
  const chosen = chosenFilters(config);
  return {
    requests: (by) => sum(rate(select('requests', {}, chosen), RATE), by),
    errorRatio: (by) =>
      ratio(
        sum(rate(select('requests', { status: FAILED }, chosen), RATE), by),
        sum(rate(select('requests', { status: NOT_ABORTED }, chosen), RATE), by),
      ),
    tokens: (by) => sum(rate(select('tokens', { token_type: PARTS }, chosen), RATE), by),
    usdPerHour: (by) => times(sum(rate(select('cost', {}, chosen), RATE), by), SECONDS_PER_HOUR),
    usdShown: (by) => sum(increase(select('cost', {}, chosen), SHOWN_TIME), by),
    usdPerSecond: (window) => sum(rate(select('cost', {}, chosen), window)),
    errors: (by) => sum(rate(select('errors', {}, chosen), RATE), by),
    inFlight: (by) => sum(value(select('inFlight', {}, chosen)), by),
    duration: (q, by) => quantile(q, bucketRates(select('duration', { status: SUCCEEDED }, chosen), RATE), by),
    firstToken: (q, by) => quantile(q, bucketRates(select('firstToken', {}, chosen), RATE), by),
    perToken: (q, by) => quantile(q, bucketRates(select('timePerOutputToken', {}, chosen), RATE), by),
  };
}
