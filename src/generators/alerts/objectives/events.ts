import type { Slo } from '../../../config/Config.js';
import { is, matches, type Match } from '../../promql/match.js';
import type { RecordingRule } from '../../promql/recordingRule.js';
import { FAILED, NOT_ABORTED } from '../../promql/statuses.js';
import type { Vector } from '../../promql/vector.js';
import { rateOfSeries, rateOver, recordsFor } from '../counted/growth.js';
import type { Matchers, Source } from '../counted/Source.js';
import { CALLS, DURATIONS, DURATIONS_COUNT, FIRST_TOKENS, FIRST_TOKENS_COUNT } from '../counted/sources.js';
import { LEVEL } from '../level.js';

/** What an objective counts, a second. */
export interface Events {
  readonly all: Vector<string>;
  readonly bad: Vector<string>;
  /** What must be recorded for it. */
  readonly inputs: readonly RecordingRule[];
}

const WINDOW = '5m';

/**
 * Availability: of the calls that the caller did not abort, those that failed. Latency: of the calls that succeeded,
 * those that took longer. First token: of the streams with output, those whose first output came later.
 */
export function eventsOf({ kind, under, where }: Slo): Events {
  const chosen = Object.fromEntries(Object.entries(where).map(([label, value]) => [label, is(value)]));
  const isRecorded = Object.keys(where).every((label) => LEVEL.some((each) => each === label));
  const rates = isRecorded ? rateOver : rateOfSeries;
  const count = (source: Source, matchers: Matchers = {}) =>
    rates([{ source, matchers: { ...chosen, ...matchers } }], WINDOW, []);
  const inputs = (sources: readonly Source[]) =>
    isRecorded ? recordsFor(sources.map((source) => ({ source })), WINDOW, []) : [];
  if (kind === 'availability') {
    const all = count(CALLS, { status: NOT_ABORTED });
    return { all, bad: count(CALLS, { status: FAILED }), inputs: inputs([CALLS]) };
  }
  const [counts, buckets] = kind === 'latency' ? [DURATIONS_COUNT, DURATIONS] : [FIRST_TOKENS_COUNT, FIRST_TOKENS];
  const all = count(counts);
  return { all, bad: difference(all, count(buckets, { le: bucket(under) })), inputs: inputs([counts, buckets]) };
}

/** Prometheus 3 stores `le="10000.0"` where 2 stores `le="10000"`. */
function bucket(seconds: number): Match {
  return matches(String.raw`${seconds * 1000}(\.0)?`);
}

function difference(all: Vector<string>, good: Vector<string>): Vector<string> {
  return { text: `${all.text}\n-\n${good.text}`, labels: [] };
}
