import { record } from '../../promql/recordingRule.js';
import { increase, rate, ratio, type Vector } from '../../promql/vector.js';
import type { KeyOfType, Selector } from '../../promql/select.js';
import { asRecorded, FEWEST, type Signal } from '../Signal.js';
import { RATIO } from '../units.js';
import { sumBy } from './sumBy.js';

type Counter = Selector<KeyOfType<'counter'>>;

/** What a share is a share of. */
interface Shared {
  /** Their sum is the part. */
  readonly part: readonly Counter[];
  readonly whole: Counter;
  /** The metric's name in the recorded share, as in `ai_retries_per_attempts`. */
  readonly name: string;
  /** The metric's name in the recorded traffic. */
  readonly traffic: string;
}

type Own = Omit<Signal, 'unit' | 'value' | 'inUnit' | 'traffic' | 'greatest'>;

/** A signal that is one counter's part of another. */
export function shareSignal({ part, whole, name, traffic }: Shared, own: Own): Signal {
  return {
    ...own,
    unit: RATIO,
    fewest: FEWEST,
    value: (window, by) =>
      record(name, `ratio_rate${window}`, ratio(total(part, window, by), sumBy(rate(whole, window), by))),
    inUnit: asRecorded,
    traffic: (window, by) => record(traffic, `increase${window}`, sumBy(increase(whole, window), by)),
    greatest: 1,
  };
}

function total(parts: readonly Counter[], window: string, by: readonly string[]): Vector<string> {
  const sums = parts.map((part) => sumBy(rate(part, window), by));
  return { text: sums.map(({ text }) => text).join(' + '), labels: by };
}
