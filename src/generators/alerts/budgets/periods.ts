import type { Budget } from '../../../config/Config.js';

/** When a calendar period begins and ends, in PromQL, by UTC; and the windows that its forecast looks back over. */
export interface PeriodRules {
  readonly start: string;
  readonly end: (start: string) => string;
  readonly recent: string;
  readonly long: string;
  /** As alerts call the running period. */
  readonly word: string;
  /** Seconds from 1 January 1970, when rule tests begin, to the end of the period that it lies in. */
  readonly leftAtZero: number;
}

const DAY = 86_400;
const WEEK = 7 * DAY;
/** 1 January 1970 was a Thursday; the Monday before came three days earlier. */
const SINCE_MONDAY = 3 * DAY;

export const PERIODS: Readonly<Record<Budget['period'], PeriodRules>> = {
  daily: {
    start: `vector(time() - time() % ${DAY})`,
    end: (start) => `${start} + ${DAY}`,
    recent: '1h',
    long: '1d',
    word: 'today',
    leftAtZero: DAY,
  },
  weekly: {
    start: `vector(time() - (time() + ${SINCE_MONDAY}) % ${WEEK})`,
    end: (start) => `${start} + ${WEEK}`,
    recent: '1d',
    long: '7d',
    word: 'this week',
    leftAtZero: WEEK - SINCE_MONDAY,
  },
  monthly: {
    start: `vector(time() - time() % ${DAY}) - (day_of_month() - 1) * ${DAY}`,
    end: (start) => `${start} + days_in_month() * ${DAY}`,
    recent: '1d',
    long: '7d',
    word: 'this month',
    leftAtZero: 31 * DAY,
  },
};
