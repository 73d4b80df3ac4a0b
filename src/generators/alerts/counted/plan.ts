import { durationSeconds } from '../../promql/duration.js';

/** The one window for which the series of every process are read. */
export const SHORT = '5m';

/** Lengths for which growth is recorded, each made of the one before. */
const PIECES = [SHORT, '15m', '1h'] as const;
export type Piece = (typeof PIECES)[number];

/** Of so many pieces a window is put together at most. */
const MOST = 24;

/** How the growth over a window is found: from recorded pieces that lie end to end, or by reading every series. */
export type Plan =
  { readonly recorded: true; readonly piece: Piece; readonly count: number } | { readonly recorded: false };

/** Of the longest pieces of which there are several, else of one. */
export function planOf(window: string): Plan {
  const seconds = durationSeconds(window);
  const counted = PIECES.map((piece) => ({ recorded: true, piece, count: seconds / durationSeconds(piece) }) as const);
  const whole = counted.filter(({ count }) => Number.isInteger(count) && count >= 1 && count <= MOST);
  return whole.findLast(({ count }) => count > 1) ?? whole[0] ?? { recorded: false };
}

/** The pieces that must be recorded before this one, and itself, in this order. */
export function piecesUpTo(piece: Piece): readonly Piece[] {
  return PIECES.slice(0, PIECES.indexOf(piece) + 1);
}

/** Where what is recorded for a window belongs: windows of pieces beyond the shortest need less often. */
export function sharedAt(window: string): 'often' | 'seldom' {
  const plan = planOf(window);
  return plan.recorded && plan.piece !== SHORT ? 'seldom' : 'often';
}
