import type { Threshold } from '../../config/Config.js';
import { durationSeconds } from '../promql/duration.js';
import type { Signal } from './Signal.js';

/** When a rule test of a threshold looks. Moments in seconds from the end of its history. */
export interface Timeline {
  /** Seconds between samples. */
  readonly step: number;
  /** Seconds between evaluations. */
  readonly evaluation: number;
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

/** Samples in a window at least. */
const FINE = 20;
/** Seconds that divide five minutes, so that the pieces which a window is put together from lie end to end. */
const PIECES = [10, 15, 20, 30, 60, 100, 150];
/** A test that begins with a week is evaluated more seldom: as seldom as the pieces end. */
const SELDOM = 2;

export function timelineOf(threshold: Threshold, { history = 0 }: Signal): Timeline {
  const window = durationSeconds(threshold.window);
  const wait = durationSeconds(threshold.for);
  const keep = durationSeconds(threshold.keepFiringFor);
  const finest = Math.max(1, Math.floor(window / FINE));
  const step = PIECES.findLast((each) => each <= finest) ?? finest;
  const every = history > 0 ? SELDOM : 1;
  const whole = (count: number) => Math.ceil(count / every) * every;
  const steps = whole((window + wait + keep) / step + 4);
  const before = whole(history / step);
  return {
    step,
    evaluation: every * step,
    history: before,
    steps,
    early: Math.max(0, wait - every * step),
    late: steps * step,
    over: 2 * steps * step,
  };
}
