import { durationSeconds } from '../../promql/duration.js';
import { divide, times, type Vector } from '../../promql/vector.js';
import { planOf } from './plan.js';
import { recordedPiece, type Part } from './pieces.js';
import { isDirect } from './Source.js';
import { summed } from './summed.js';

/**
 * Growth a second over the window, by these labels: of all parts together, of all processes.
 *
 * The series of every process are read once an evaluation, for five minutes, and what they come to is recorded. A
 * longer window is the sum of such pieces, each taken when it ended: the same increase as over the whole window, with
 * what is missing counted as nothing, whether it is older than the stack or a series that was not there yet. So no
 * window needs a warm-up of its own, and a missed evaluation costs nothing, since the one before it answers.
 */
export function rateOver(parts: readonly Part[], window: string, by: readonly string[]): Vector<string> {
  const plan = planOf(window);
  const growth = growthOver(parts, window, by);
  return plan.recorded && plan.count > 1 ? divide(growth, plan.count) : growth;
}

/** What was added over the window. */
export function increaseOver(parts: readonly Part[], window: string, by: readonly string[]): Vector<string> {
  const plan = planOf(window);
  return times(growthOver(parts, window, by), durationSeconds(plan.recorded ? plan.piece : window));
}

/** The 95th percentile of a histogram of which the part is the buckets; none where there was no observation (NaN >= 0). */
export function p95Over(part: Part, window: string, by: readonly string[]): Vector<string> {
  const buckets = (isDirect(part.source, window) ? rateOfSeries : growthOver)([part], window, ['le', ...by]);
  return { text: `(histogram_quantile(0.95, ${buckets.text}) >= 0)`, labels: by };
}

/** As {@link rateOver}, from the series themselves: for labels that nothing is recorded by. */
export function rateOfSeries(parts: readonly Part[], window: string, by: readonly string[]): Vector<string> {
  return summed(
    parts.map(({ source, matchers }) => source.rates(window, by, matchers).text),
    by,
  );
}

/** The sum of its pieces' rates. */
function growthOver(parts: readonly Part[], window: string, by: readonly string[]): Vector<string> {
  const plan = planOf(window);
  if (!plan.recorded) return rateOfSeries(parts, window, by);
  const { piece, count } = plan;
  const [only, ...others] = parts;
  if (only !== undefined && others.length === 0 && count === 1) {
    const { text, labels } = recordedPiece(only, by, piece);
    if (labels.length === by.length && labels.every((label) => by.includes(label))) return { text, labels: by };
  }
  const offsets = Array.from({ length: count }, (_, index) => index);
  return summed(
    parts.flatMap((part) => offsets.map((offset) => recordedPiece(part, by, piece, offset).text)),
    by,
  );
}
