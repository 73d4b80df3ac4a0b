import type { Slo } from '../../../config/Config.js';
import { is, matches, type Match } from '../../promql/match.js';
import type { RecordingRule } from '../../promql/recordingRule.js';
import { FAILED, NOT_ABORTED } from '../../promql/statuses.js';
import type { Vector } from '../../promql/vector.js';
import { rateOfSeries, rateOver } from '../counted/growth.js';
import { recordsFor, type Part } from '../counted/pieces.js';
import { CALLS, DURATIONS, DURATIONS_COUNT, FIRST_TOKENS, FIRST_TOKENS_COUNT } from '../counted/sources.js';
import { LEVEL } from '../level.js';

/** What an objective counts, a second. */
export interface Events {
  readonly all: Vector<string>;
  /** Of all of them, as they were recorded just now. */
  readonly bad: (all: string) => Vector<string>;
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
  const of = (part: Part): readonly Part[] => [{ ...part, matchers: { ...chosen, ...part.matchers } }];
  if (kind === 'availability') {
    const all: Part = { source: CALLS, matchers: { status: NOT_ABORTED } };
    const failed: Part = { source: CALLS, matchers: { status: FAILED } };
    const isRecorded = Object.keys(where).every((label) => LEVEL.some((each) => each === label));
    const rates = isRecorded ? rateOver : rateOfSeries;
    return {
      all: rates(of(all), WINDOW, []),
      bad: () => rates(of(failed), WINDOW, []),
      inputs: isRecorded ? recordsFor([all, failed], WINDOW, []) : [],
    };
  }
  // Of one moment both, or the calls in between would be bad ones: so none of them from what was recorded before.
  const [counts, buckets] = kind === 'latency' ? [DURATIONS_COUNT, DURATIONS] : [FIRST_TOKENS_COUNT, FIRST_TOKENS];
  const all = rateOfSeries(of({ source: counts }), WINDOW, []);
  const inTime = rateOfSeries(of({ source: buckets, matchers: { le: bucket(under) } }), WINDOW, []);
  return { all, bad: (recorded) => ({ text: `${recorded}\n- on ()\n${inTime.text}`, labels: [] }), inputs: [] };
}

/** Prometheus 3 stores `le="10000.0"` where 2 stores `le="10000"`. */
function bucket(seconds: number): Match {
  return matches(String.raw`${seconds * 1000}(\.0)?`);
}
