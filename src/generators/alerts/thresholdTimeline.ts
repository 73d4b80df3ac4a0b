import type { Threshold } from '../../config/Config.js';
import { durationSeconds } from '../promql/duration.js';
import type { Signal } from './Signal.js';

/** When a rule test of a threshold looks. Moments in seconds from its beginning. */
export interface Timeline {
  /** Seconds between samples. */
  readonly step: number;
  /** Steps of ordinary traffic that come first. */
  readonly history: number;
  /** Steps of each half: first bad, then good. */
  readonly steps: number;
  /** Before the alert can have waited for its time. */
  readonly early: number;
  /** At the end of the bad half. */
  readonly late: number;
  /** At the end of the good half. */
  readonly over: number;
}

/** Samples in a window; fewer where a test begins with a week, which is evaluated step by step too. */
const FINE = 20;
const COARSE = 3;

export function timelineOf(threshold: Threshold, { history = 0 }: Signal): Timeline {
  const window = durationSeconds(threshold.window);
  const wait = durationSeconds(threshold.for);
  const keep = durationSeconds(threshold.keepFiringFor);
  const step = Math.max(1, Math.floor(window / (history > 0 ? COARSE : FINE)));
  const steps = Math.ceil((window + wait + keep) / step) + 4;
  const before = Math.ceil(history / step);
  const start = before * step;
  return {
    step,
    history: before,
    steps,
    early: start + Math.max(0, wait - step),
    late: start + steps * step,
    over: start + 2 * steps * step,
  };
}
