import { record, recorded } from '../../promql/recordingRule.js';
import { ratio } from '../../promql/vector.js';
import { increaseOver } from '../counted/growth.js';
import type { Part } from '../counted/pieces.js';
import { asRecorded, FEWEST, type Signal } from '../Signal.js';
import { RATIO } from '../units.js';

/** What a share is a share of. */
interface Shared {
  /** Their sum is the part. */
  readonly part: readonly Part[];
  readonly whole: Part;
  /** The metric's name in the recorded share, as in `ai_retries_per_attempts`. */
  readonly name: string;
  /** The metric's name in the recorded traffic. */
  readonly traffic: string;
}

type Own = Omit<Signal, 'unit' | 'parts' | 'value' | 'inUnit' | 'traffic' | 'greatest'>;

/** A signal that is one counter's part of another. */
export function shareSignal({ part, whole, name, traffic }: Shared, own: Own): Signal {
  const calls: Signal['traffic'] = (window, by) =>
    record(traffic, `increase${window}`, increaseOver([whole], window, by));
  return {
    ...own,
    unit: RATIO,
    fewest: FEWEST,
    parts: [...part, whole],
    value: (window, by) =>
      record(name, `ratio_rate${window}`, ratio(increaseOver(part, window, by), recorded(calls(window, by)))),
    inUnit: asRecorded,
    traffic: calls,
    greatest: 1,
  };
}
