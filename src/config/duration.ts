import { z } from 'zod';

const UNITS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

/** A duration as Prometheus writes it: `30s`, `5m`, `1h`, `1h30m`. */
export const durationSchema = z
  .string()
  .regex(/^(\d+(ms|s|m|h|d|w))+$/, 'a duration such as 30s, 5m or 1h30m is allowed');

/** Seconds of a duration that the schema has let through. */
export function seconds(duration: string): number {
  return [...duration.matchAll(/(\d+)(ms|[smhdw])/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * (UNITS[unit ?? 's'] ?? 1),
    0,
  );
}
