import { durationMs } from './duration.js';

/** Milliseconds since 1970. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

/**
 * The moment that a time picker's text names: `now`, `now-6h`, `now/d` (start of the day; as an end, its end),
 * milliseconds since 1970 or an ISO date. Undefined when it names none.
 */
export function momentOf(text: string, now: number, isEnd = false): number | undefined {
  if (/^\d{10,}$/.test(text)) return Number(text);
  const [, sign, amount, unit] = /^now(?:([-+])([\w.]+))?(?:\/([smhdwMy]))?$/.exec(text) ?? [];
  if (!text.startsWith('now')) {
    const parsed = Date.parse(text);
    return Number.isNaN(parsed) ? undefined : parsed;
  }
  if (amount === undefined && unit === undefined && text !== 'now') return undefined;
  const shift = amount === undefined ? 0 : durationMs(amount);
  if (shift === undefined) return undefined;
  const moment = now + (sign === '-' ? -shift : shift);
  if (unit === undefined) return moment;
  return isEnd ? startOf(moment, unit, 1) - 1 : startOf(moment, unit, 0);
}

/** Both ends, or the last hour when they name no range. */
export function timeRangeOf(from: string, to: string, now: number): TimeRange {
  const start = momentOf(from, now);
  const end = momentOf(to, now, true);
  return start === undefined || end === undefined || start >= end
    ? { from: now - 3_600_000, to: now }
    : { from: start, to: end };
}

/** The local start of the unit that holds the moment, or of the one `later` units on. */
function startOf(moment: number, unit: string, later: number): number {
  const at = new Date(moment);
  const [year, month, day, hour, minute] = [
    at.getFullYear(),
    at.getMonth(),
    at.getDate(),
    at.getHours(),
    at.getMinutes(),
  ];
  if (unit === 'y') return new Date(year + later, 0).getTime();
  if (unit === 'M') return new Date(year, month + later).getTime();
  if (unit === 'w') return new Date(year, month, day - ((at.getDay() + 6) % 7) + 7 * later).getTime();
  if (unit === 'd') return new Date(year, month, day + later).getTime();
  if (unit === 'h') return new Date(year, month, day, hour + later).getTime();
  if (unit === 'm') return new Date(year, month, day, hour, minute + later).getTime();
  return Math.floor(moment / 1000 + later) * 1000;
}
