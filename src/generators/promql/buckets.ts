import { matches, type Match } from './match.js';

/** One bucket of a histogram: Prometheus 3 stores `le="10000.0"` where 2 stores `le="10000"`. */
export function bucketOf(bound: number): Match {
  return matches(String.raw`${bound}(\.0)?`);
}

/** The bucket that tells best how much lies above a value: the first whose bound is not below it, else the last. */
export function nearestBound(bounds: readonly number[], value: number): number {
  return bounds.find((bound) => bound >= value) ?? Math.max(...bounds);
}
