import { durationSeconds } from '../../promql/duration.js';
import { select, type KeyOfType, type MatchersOf } from '../../promql/select.js';
import { bucketRates, observationRates, rate, type Vector } from '../../promql/vector.js';
import type { Match } from '../../promql/match.js';

/** Matchers by label. */
export type Matchers = Readonly<Record<string, Match>>;

/** Something that is counted, of which rules ask how much it grew over a window. */
export interface Source {
  /** The metric's name in what is recorded of it. */
  readonly metric: string;
  /** Labels, besides those that it is recorded by, which rules select by or divide by. */
  readonly own: readonly string[];
  /** Growth a second over a window, of each series of every process; with these labels at least. */
  readonly rates: (window: string, by: readonly string[], matchers?: Matchers) => Vector<string>;
  /** Windows up to this are read from the series themselves, where there is too much to be recorded first. */
  readonly directUpTo?: string;
}

export function isDirect({ directUpTo }: Source, window: string): boolean {
  return directUpTo !== undefined && durationSeconds(window) <= durationSeconds(directUpTo);
}

type Own<K extends KeyOfType<'counter' | 'histogram'>> = Pick<Source, 'metric' | 'own'> & {
  /** The only series that are counted. */
  readonly of?: MatchersOf<K>;
};

export function counterSource<K extends KeyOfType<'counter'>>(key: K, { metric, own, of }: Own<K>): Source {
  return {
    metric,
    own,
    rates: (window, _, matchers) =>
      rate(
        select(key, of, () => ({ ...matchers })),
        window,
      ),
  };
}

/** To record every bucket and read it again costs Prometheus more than ten minutes of the buckets themselves. */
const BUCKETS_DIRECT = '10m';

/** The buckets of a histogram, by `le`. */
export function bucketSource<K extends KeyOfType<'histogram'>>(key: K, { metric, own, of }: Own<K>): Source {
  return {
    metric: `${metric}_bucket`,
    own: [...own, 'le'],
    directUpTo: BUCKETS_DIRECT,
    rates: (window, _, matchers) =>
      bucketRates(
        select(key, of, () => ({ ...matchers })),
        window,
      ),
  };
}

/** How many observations a histogram has taken in. */
export function countSource<K extends KeyOfType<'histogram'>>(key: K, { metric, own, of }: Own<K>): Source {
  return {
    metric: `${metric}_count`,
    own,
    rates: (window, _, matchers) =>
      observationRates(
        select(key, of, () => ({ ...matchers })),
        window,
      ),
  };
}
