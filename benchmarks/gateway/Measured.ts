import type { Kind } from './answers.js';

export const DIRECT = 'direct';
export const OURS = 'Promptmeter';

/** What one proxy was measured at: of each round one number. */
export interface Measured {
  readonly perSecond: number[];
  readonly cpu: number[];
  readonly latency: number[];
  readonly firstByte: number[];
}

export type ByProxy = ReadonlyMap<string, Readonly<Record<Kind, Measured>>>;
