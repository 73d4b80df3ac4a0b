import { durationSeconds } from '../../promql/duration.js';
import { matcherText } from '../../promql/match.js';
import type { RecordingRule } from '../../promql/recordingRule.js';
import { divide, times, type Vector } from '../../promql/vector.js';
import { LEVEL } from '../level.js';
import { LONG_PIECE, planOf, SHORT_PIECE } from './plan.js';
import type { Matchers, Source } from './Source.js';

/** Some of the series of a source. */
export interface Part {
  readonly source: Source;
  readonly matchers?: Matchers;
}

/**
 * Growth a second over the window, by these labels: of all parts together, of all processes.
 *
 * The series of every process are read once an evaluation, for five minutes, and what they come to is recorded. A
 * longer window is the sum of such pieces, each taken when it ended: the same increase as over the whole window, with
 * what is missing counted as nothing, whether it is older than the stack or a series that was not there yet. So no
 * window needs a warm-up of its own, and a missed evaluation costs nothing, since the one before it answers.
 */
export function rateOver(parts: readonly Part[], window: string, by: readonly string[]): Vector<string> {
  const pieces = piecesOver(parts, window, by);
  const { count } = planOf(window);
  return count === 1 ? pieces : divide(pieces, count);
}

/** What was added over the window. */
export function increaseOver(parts: readonly Part[], window: string, by: readonly string[]): Vector<string> {
  return times(piecesOver(parts, window, by), durationSeconds(planOf(window).piece));
}

/** The 95th percentile of a histogram of which the part is the buckets; none where there was no observation (NaN >= 0). */
export function p95Over(part: Part, window: string, by: readonly string[]): Vector<string> {
  return { text: `(histogram_quantile(0.95, ${piecesOver([part], window, ['le', ...by]).text}) >= 0)`, labels: by };
}

/** As {@link rateOver}, from the series themselves: for labels that nothing is recorded by. */
export function rateOfSeries(parts: readonly Part[], window: string, by: readonly string[]): Vector<string> {
  return summed(parts.map(({ source, matchers }) => source.rates(window, matchers).text), by);
}

/** What must be recorded for these to be known over the window; `within` narrows down what is looked at. */
export function recordsFor(
  parts: readonly Part[],
  window: string,
  by: readonly string[],
  within: Matchers = {},
): readonly RecordingRule[] {
  const { piece, recorded } = planOf(window);
  if (!recorded) return [];
  return parts.flatMap(({ source }) => {
    const labels = labelsOf(source, by);
    const short = summed([source.rates(SHORT_PIECE, within).text], labels);
    const long = rateOver([{ source }], LONG_PIECE, labels);
    return [
      { record: nameOf(source, by, SHORT_PIECE), expr: short.text, labels, shared: SHORT_PIECE },
      ...(piece === LONG_PIECE
        ? [{ record: nameOf(source, by, LONG_PIECE), expr: long.text, labels, shared: LONG_PIECE }]
        : []),
    ] as const;
  });
}

function piecesOver(parts: readonly Part[], window: string, by: readonly string[]): Vector<string> {
  const { piece, count, recorded } = planOf(window);
  if (!recorded) return rateOfSeries(parts, window, by);
  const [only, ...others] = parts;
  if (only !== undefined && others.length === 0 && count === 1 && sameLabels(labelsOf(only.source, by), by)) {
    return { text: named(only, by, piece, 0), labels: by };
  }
  const offsets = Array.from({ length: count }, (_, index) => index);
  return summed(
    parts.flatMap((part) => offsets.map((offset) => named(part, by, piece, offset))),
    by,
  );
}

/** The sum of vectors that may have series of the same labels, which `or` alone would take for one. */
function summed(texts: readonly string[], by: readonly string[]): Vector<string> {
  const sum = by.length === 0 ? 'sum' : `sum by (${by.join(', ')})`;
  const [first = '', ...others] = texts;
  if (others.length === 0) return { text: `${sum} (${first})`, labels: by };
  const lines = others.map((text, index) => `  or label_replace(${text}, "promptmeter_piece", "${index + 1}", "", "")`);
  return { text: `${sum} (\n  ${[first, ...lines].join('\n')}\n)`, labels: by };
}

function named({ source, matchers = {} }: Part, by: readonly string[], piece: string, offset: number): string {
  const before = offset === 0 ? '' : ` offset ${offset * Number.parseInt(piece, 10)}${piece.slice(-1)}`;
  return `${nameOf(source, by, piece)}${matcherText(matchers)}${before}`;
}

function nameOf(source: Source, by: readonly string[], piece: string): string {
  return `${labelsOf(source, by).join('_')}:${source.metric.replace(/_total$/, '')}:rate${piece}`;
}

/** Always by provider and model, so that as few records as can be serve all. */
function labelsOf({ own }: Source, by: readonly string[]): readonly string[] {
  return [...new Set([...LEVEL, ...by.filter((label) => !own.includes(label)), ...own])];
}

function sameLabels(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((label) => b.includes(label));
}
