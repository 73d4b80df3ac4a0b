import { UsageError } from '../../errors.js';

/** Whole days in UTC, as OpenAI bills them: from the beginning of `since` to the beginning of `until`. */
export interface Period {
  readonly since: Date;
  readonly until: Date;
  /** The beginning of each day. */
  readonly days: readonly Date[];
}

export const DAY_SECONDS = 86_400;
const DAY_MS = DAY_SECONDS * 1000;
const DEFAULT_DAYS = 7;
const MOST_DAYS = 366;

/**
 * The last seven whole days, unless told otherwise.
 * @throws UsageError when there is no day between the two, too many, or one that isn't over.
 */
export function periodOf(since: Date | undefined, until: Date | undefined, now: Date): Period {
  const today = new Date(Math.floor(now.getTime() / DAY_MS) * DAY_MS);
  const end = until ?? today;
  const begin = since ?? new Date(end.getTime() - DEFAULT_DAYS * DAY_MS);
  const count = Math.round((end.getTime() - begin.getTime()) / DAY_MS);
  if (end > today) {
    throw new UsageError(
      `--until is ${dayText(end)}, but only days that are over in UTC are billed; use ${dayText(today)} at most`,
    );
  }
  if (count < 1) {
    throw new UsageError(
      `--since (${dayText(begin)}) must be a day before --until (${dayText(end)}), which is not included`,
    );
  }
  if (count > MOST_DAYS) throw new UsageError(`${count} days are too many at once; compare ${MOST_DAYS} at most`);
  return {
    since: begin,
    until: end,
    days: Array.from({ length: count }, (_, index) => new Date(begin.getTime() + index * DAY_MS)),
  };
}

export function dayText(day: Date): string {
  return day.toISOString().slice(0, 10);
}
