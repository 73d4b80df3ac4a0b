import { durationSeconds } from '../../promql/duration.js';

/** Lengths of time for which growth is recorded, and of how many of them a window is put together at most. */
export const SHORT_PIECE = '5m';
export const LONG_PIECE = '1h';
const PIECES = [
  { piece: SHORT_PIECE, most: 12 },
  { piece: LONG_PIECE, most: 24 },
] as const;

/** How the growth over a window is found: from recorded pieces that lie end to end, or by reading every series. */
export interface Plan {
  readonly piece: string;
  readonly count: number;
  readonly recorded: boolean;
}

export function planOf(window: string): Plan {
  const seconds = durationSeconds(window);
  for (const { piece, most } of PIECES) {
    const count = seconds / durationSeconds(piece);
    if (Number.isInteger(count) && count >= 1 && count <= most) return { piece, count, recorded: true };
  }
  return { piece: window, count: 1, recorded: false };
}
