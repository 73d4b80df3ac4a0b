import { durationMs } from './duration.js';
import type { TimeRange } from './timeRange.js';

/** Steps that a chart may have, in milliseconds: those that people count in, as Grafana rounds to. */
const STEPS_MS = [
  1, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 15_000, 20_000, 30_000, 60_000, 120_000, 300_000, 600_000,
  900_000, 1_200_000, 1_800_000, 3_600_000, 7_200_000, 10_800_000, 21_600_000, 43_200_000, 86_400_000, 604_800_000,
  2_592_000_000,
] as const;

/** Prometheus refuses a range with more points than 11,000. */
const MOST_POINTS = 10_000;

/**
 * The step of a chart that can show `points` points: at least the given least one, such as `1m`, and round.
 */
export function stepMs({ from, to }: TimeRange, points: number, least: string, scrapeMs: number): number {
  const length = to - from;
  const exact = length / Math.min(Math.max(points, 1), MOST_POINTS);
  const rounded = STEPS_MS.find((step) => step >= exact) ?? exact;
  const atLeast = durationMs(least.replace(/^[<>]=?/, '')) ?? scrapeMs;
  return Math.max(rounded, atLeast, length / MOST_POINTS);
}

/**
 * The window of `rate` that always holds enough samples.
 * https://grafana.com/docs/grafana/latest/datasources/prometheus/template-variables/#use-__rate_interval
 */
export function rateIntervalMs(step: number, scrapeMs: number): number {
  return Math.max(step + scrapeMs, 4 * scrapeMs);
}

/** The range moved to multiples of the step, so that a refresh asks for the same points again. */
export function aligned({ from, to }: TimeRange, step: number): TimeRange {
  return { from: Math.floor(from / step) * step, to: Math.floor(to / step) * step };
}
