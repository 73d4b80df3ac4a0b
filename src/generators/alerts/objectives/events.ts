import type { Slo } from '../../../config/Config.js';
import { is, matches, type Match } from '../../promql/match.js';
import { select } from '../../promql/select.js';
import { FAILED, NOT_ABORTED, SUCCEEDED } from '../../promql/statuses.js';
import { bucketRates, observationRates, rate, sum, type Vector } from '../../promql/vector.js';

/** What an objective counts, a second. */
export interface Events {
  readonly all: Vector<never>;
  readonly bad: Vector<never>;
}

const WINDOW = '5m';

/**
 * Availability: of the calls that the caller did not abort, those that failed. Latency: of the calls that succeeded,
 * those that took longer. First token: of the streams with output, those whose first output came later.
 */
export function eventsOf({ kind, under, where }: Slo): Events {
  const chosen = matchersOf(where);
  switch (kind) {
    case 'availability': {
      const calls = (status: Match) => sum(rate(select('requests', { status }, () => chosen), WINDOW));
      return { all: calls(NOT_ABORTED), bad: calls(FAILED) };
    }
    case 'latency': {
      const calls = { status: SUCCEEDED };
      const all = sum(observationRates(select('duration', calls, () => chosen), WINDOW));
      const selector = select('duration', calls, () => ({ ...chosen, le: bucket(under) }));
      return { all, bad: difference(all, sum(bucketRates(selector, WINDOW))) };
    }
    case 'firstToken': {
      const all = sum(observationRates(select('firstToken', {}, () => chosen), WINDOW));
      const selector = select('firstToken', {}, () => ({ ...chosen, le: bucket(under) }));
      return { all, bad: difference(all, sum(bucketRates(selector, WINDOW))) };
    }
  }
}

function matchersOf(where: Slo['where']): Readonly<Record<string, Match>> {
  return Object.fromEntries(Object.entries(where).map(([label, value]) => [label, is(value)]));
}

/** Prometheus 3 stores `le="10000.0"` where 2 stores `le="10000"`. */
function bucket(seconds: number): Match {
  return matches(String.raw`${seconds * 1000}(\.0)?`);
}

function difference(all: Vector<never>, good: Vector<never>): Vector<never> {
  return { text: `${all.text}\n-\n${good.text}`, labels: [] };
}
