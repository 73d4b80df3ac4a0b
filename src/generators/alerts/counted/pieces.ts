import { durationSeconds } from '../../promql/duration.js';
import { matcherText } from '../../promql/match.js';
import type { RecordingRule } from '../../promql/recordingRule.js';
import type { Vector } from '../../promql/vector.js';
import { LEVEL } from '../level.js';
import { piecesUpTo, planOf, SHORT, type Piece } from './plan.js';
import { isDirect, type Matchers, type Source } from './Source.js';
import { summed } from './summed.js';

/** Some of the series of a source. */
export interface Part {
  readonly source: Source;
  readonly matchers?: Matchers;
  /** Labels of the source's own by which it is told apart. */
  readonly kept?: readonly string[];
}

/** What was recorded for a piece of time that ended so many pieces ago. */
export function recordedPiece(part: Part, by: readonly string[], piece: Piece, ago = 0): Vector<string> {
  const labels = labelsOf(part, by);
  const before = ago === 0 ? '' : ` offset ${ago * Number.parseInt(piece, 10)}${piece.slice(-1)}`;
  return { text: `${nameOf(part.source, labels, piece)}${matcherText(part.matchers ?? {})}${before}`, labels };
}

/** What must be recorded for these to be known over the window; `within` narrows down what is looked at. */
export function recordsFor(
  parts: readonly Part[],
  window: string,
  by: readonly string[],
  within: Matchers = {},
): readonly RecordingRule[] {
  const plan = planOf(window);
  if (!plan.recorded) return [];
  const recorded = parts.filter(({ source }) => !isDirect(source, window));
  return recorded.flatMap((part) => {
    const { source } = part;
    const labels = labelsOf(part, by);
    const all = [...new Set([...labels, ...source.own])];
    const total =
      all.length === labels.length ? [] : [pieceRecord(source, labels, SHORT, [nameOf(source, all, SHORT)])];
    return [
      pieceRecord(source, all, SHORT, [source.rates(SHORT, all, within).text]),
      ...total,
      ...piecesUpTo(plan.piece)
        .slice(1)
        .map((piece) => longRecord(source, labels, piece)),
    ];
  });
}

function pieceRecord(source: Source, labels: readonly string[], piece: Piece, of: readonly string[]): RecordingRule {
  return { record: nameOf(source, labels, piece), expr: summed(of, labels).text, labels, shared: 'often' };
}

/** Made of the next shorter pieces. */
function longRecord(source: Source, labels: readonly string[], piece: Piece): RecordingRule {
  const shorter = piecesUpTo(piece).at(-2) ?? SHORT;
  const count = durationSeconds(piece) / durationSeconds(shorter);
  const name = nameOf(source, labels, shorter);
  const pieces = Array.from({ length: count }, (_, ago) =>
    ago === 0 ? name : `${name} offset ${ago * Number.parseInt(shorter, 10)}${shorter.slice(-1)}`,
  );
  const record = pieceRecord(source, labels, piece, pieces);
  return { ...record, expr: `${record.expr} / ${count}`, shared: 'seldom' };
}

/** Always by provider and model, so that few records serve all; by labels of its own only where they are asked for. */
function labelsOf({ source: { own }, matchers = {}, kept = [] }: Part, by: readonly string[]): readonly string[] {
  const asked = own.filter((label) => [...by, ...kept].includes(label) || label in matchers);
  return [...new Set([...LEVEL, ...by.filter((label) => !own.includes(label)), ...asked])];
}

function nameOf({ metric }: Source, labels: readonly string[], piece: Piece): string {
  return `${labels.join('_')}:${metric.replace(/_total$/, '')}:rate${piece}`;
}
