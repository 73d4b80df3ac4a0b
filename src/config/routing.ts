import { z } from 'zod';
import { positiveDuration } from './duration.js';
import { name, where, type Where } from './fields.js';

export const ROUTED_SEVERITIES = ['critical', 'warning', 'info'] as const;
export type RoutedSeverity = (typeof ROUTED_SEVERITIES)[number];

/** Alerts with these labels go to these receivers instead of those of their severity. */
export interface AlertRoute {
  readonly where: Where;
  readonly receivers: readonly string[];
}

/** When alerts of some severities are kept back. */
export interface MuteTime {
  readonly name: string;
  readonly severities: readonly RoutedSeverity[];
  /** Such as `monday:friday`; empty: every day. */
  readonly days: readonly string[];
  /** From and to, `HH:MM`; those that pass midnight are written as two. */
  readonly times: readonly string[];
  /** As in the time zone database, such as Europe/Berlin. */
  readonly timezone: string;
}

/** Who is told of what. The exporter's page of alerts always is. */
export interface Routing {
  readonly bySeverity: Readonly<Record<RoutedSeverity, readonly string[]>>;
  readonly routes: readonly AlertRoute[];
  /** Told every few minutes that alerting works; undefined: nobody. */
  readonly watchdog: string | undefined;
  readonly groupWait: string;
  readonly groupInterval: string;
  readonly repeatInterval: string;
  readonly mute: readonly MuteTime[];
}

const DAYS = 'sunday|monday|tuesday|wednesday|thursday|friday|saturday';
const CLOCK = '([01][0-9]|2[0-3]):[0-5][0-9]';
const names = z.array(name).max(20);

export const routingSchema = z.strictObject({
  critical: names.optional(),
  warning: names.optional(),
  info: names.optional(),
  routes: z.array(z.strictObject({ where, receivers: names.min(1) })).optional(),
  watchdog: name.optional(),
  groupWait: positiveDuration.optional(),
  groupInterval: positiveDuration.optional(),
  repeatInterval: positiveDuration.optional(),
  mute: z
    .array(
      z.strictObject({
        name,
        severities: z.array(z.enum(ROUTED_SEVERITIES)).min(1),
        days: z
          .array(z.string().regex(new RegExp(`^(${DAYS})(:(${DAYS}))?$`), 'a day such as monday or monday:friday'))
          .optional(),
        times: z
          .array(z.string().regex(new RegExp(`^${CLOCK}-(${CLOCK}|24:00)$`), 'times such as 22:00-24:00 are allowed'))
          .optional(),
        timezone: z.string().refine(isTimeZone, 'a time zone such as Europe/Berlin or UTC is allowed').optional(),
      }),
    )
    .optional(),
});

/** Short, so that whoever tries an incident sees it come and go; a team that is paged may want 30s and 5m. */
const DEFAULTS = { groupWait: '10s', groupInterval: '30s', repeatInterval: '4h' } as const;

export function normalizeRouting(file: z.infer<typeof routingSchema> = {}): Routing {
  return {
    bySeverity: { critical: file.critical ?? [], warning: file.warning ?? [], info: file.info ?? [] },
    routes: file.routes ?? [],
    watchdog: file.watchdog,
    groupWait: file.groupWait ?? DEFAULTS.groupWait,
    groupInterval: file.groupInterval ?? DEFAULTS.groupInterval,
    repeatInterval: file.repeatInterval ?? DEFAULTS.repeatInterval,
    mute: (file.mute ?? []).map(({ days = [], times = [], timezone = 'UTC', ...rest }) => ({
      ...rest,
      days,
      times,
      timezone,
    })),
  };
}

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
