const DAY_MS = 86_400_000;
const BUSIEST_HOUR = 15;

/** How far the rate swings around its mean. Small enough that a demo has enough traffic at any hour. */
export const RHYTHM_SWING = 0.3;

/** The rate at a time of day as a factor: 1 + 0.3 at 15:00 UTC, 1 - 0.3 at 3:00 UTC. `time` is milliseconds since 1970. */
export function dailyRhythm(time: number): number {
  const hours = ((time % DAY_MS) / DAY_MS) * 24;
  return 1 + RHYTHM_SWING * Math.cos(((hours - BUSIEST_HOUR) / 24) * 2 * Math.PI);
}
