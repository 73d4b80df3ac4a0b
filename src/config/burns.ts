import { seconds } from './duration.js';

/** When an objective's budget is used up fast enough to alert: both windows must be above `bound`. */
export interface Burn {
  readonly severity: 'warning' | 'critical';
  readonly short: string;
  readonly long: string;
  /** How many times faster than the objective allows. */
  readonly factor: number;
  /** The share of bad events above which it fires: factor × (1 - objective). */
  readonly bound: number;
}

interface BurnWindows {
  readonly severity: Burn['severity'];
  /** Share of the period's budget that is gone when the long window has burnt at the factor. */
  readonly share: number;
  readonly short: string;
  readonly long: string;
}

/**
 * Shares and windows of https://sre.google/workbook/alerting-on-slos/ (table 5-8, read November 2026), which sloth has
 * too. For 30 days they give the factors 14.4, 6, 3 and 1.
 */
const WINDOWS: readonly BurnWindows[] = [
  { severity: 'critical', share: 0.02, short: '5m', long: '1h' },
  { severity: 'critical', share: 0.05, short: '30m', long: '6h' },
  { severity: 'warning', share: 0.1, short: '2h', long: '1d' },
  { severity: 'warning', share: 0.1, short: '6h', long: '3d' },
];

/**
 * A budget that burns at 1 lasts exactly the period, so slower is no reason to alert: short periods, for which the
 * shares give less, alert from 1. The 0.933 of 28 days stays as the workbook and sloth have it.
 */
const SLOWEST = 0.9;

/** The alerts of an objective, the most urgent first. */
export function burnsOf(objective: number, period: string): readonly Burn[] {
  return WINDOWS.map(({ severity, share, short, long }) => {
    const computed = plain((share * seconds(period)) / seconds(long));
    const factor = computed < SLOWEST ? 1 : computed;
    return { severity, short, long, factor, bound: plain(factor * (1 - objective)) };
  });
}

/** Twelve digits hide what floating point adds. */
function plain(value: number): number {
  return Number(value.toPrecision(12));
}
