import { z } from 'zod';

const UNITS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };
const ALLOWED = 'a duration such as 30s, 5m or 1h30m is allowed';

/** A duration as Prometheus writes it: `30s`, `5m`, `1h`, `1h30m`. */
export const durationSchema = z
  .string({ error: ALLOWED })
  .regex(/^(?=\d)(\d+w)?(\d+d)?(\d+h)?(\d+m)?(\d+s)?(\d+ms)?$/, { error: ALLOWED, abort: true });

/** As `durationSchema`, without 0s. */
export const positiveDuration = durationSchema.refine((text) => seconds(text) > 0, 'a duration above 0s is allowed');

/** A duration above 0 and below a limit in seconds, a whole number of minutes. */
export function durationUpTo(limit: number): z.ZodString {
  return positiveDuration.refine(
    (text) => seconds(text) < limit,
    `a duration below ${limit / 60}m is allowed: no longer ones are told apart`,
  );
}

/** Seconds of a duration that the schema has let through. */
export function seconds(duration: string): number {
  return [...duration.matchAll(/(\d+)(ms|[smhdw])/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * (UNITS[unit ?? 's'] ?? 1),
    0,
  );
}
