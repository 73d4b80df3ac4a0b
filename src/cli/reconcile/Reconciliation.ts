import type { Billed } from './billed.js';
import type { CallCounts, Counted } from './counted.js';
import { dayText, type Period } from './Period.js';

/** Counted and billed US dollars of some time. Null is not known, never 0. */
export interface Comparison {
  readonly countedUsd: number | null;
  readonly billedUsd: number | null;
  /** Counted over billed; null when either isn't known, and when nothing was billed. */
  readonly ratio: number | null;
  /** Counted less billed. */
  readonly differenceUsd: number | null;
}

export interface DayComparison extends Comparison {
  readonly day: string;
}

export interface Reconciliation {
  readonly since: string;
  readonly until: string;
  readonly provider: string;
  readonly days: readonly DayComparison[];
  /** Over the days of which both sides are known. */
  readonly total: Comparison;
  /** US dollars billed by line item, the largest first. */
  readonly lineItems: readonly { readonly lineItem: string; readonly billedUsd: number }[];
  readonly unpriced: CallCounts;
  readonly usageMissing: CallCounts;
  readonly usageEstimated: CallCounts;
}

const UNNAMED = '(not named)';

export function reconcile(provider: string, period: Period, counted: Counted, billed: Billed): Reconciliation {
  const days = period.days.map((day, index) => {
    const startTime = day.getTime() / 1000;
    const items = billed.items.filter((item) => item.startTime === startTime);
    const billedUsd = billed.days.has(startTime) ? sum(items.map(({ usd }) => usd)) : null;
    return { day: dayText(day), ...compare(counted.days[index] ?? null, billedUsd) };
  });
  const known = days.filter(({ countedUsd, billedUsd }) => countedUsd !== null && billedUsd !== null);
  const total =
    known.length === 0
      ? compare(null, null)
      : compare(sum(known.map((day) => day.countedUsd ?? 0)), sum(known.map((day) => day.billedUsd ?? 0)));
  const { unpriced, usageMissing, usageEstimated } = counted;
  return {
    ...{ since: dayText(period.since), until: dayText(period.until), provider },
    ...{ days, total, lineItems: byLineItem(billed), unpriced, usageMissing, usageEstimated },
  };
}

function compare(countedUsd: number | null, billedUsd: number | null): Comparison {
  const both = countedUsd !== null && billedUsd !== null;
  return {
    countedUsd,
    billedUsd,
    ratio: both && billedUsd > 0 ? countedUsd / billedUsd : null,
    differenceUsd: both ? countedUsd - billedUsd : null,
  };
}

function byLineItem({ items }: Billed): Reconciliation['lineItems'] {
  const sums = new Map<string, number>();
  for (const { lineItem = UNNAMED, usd } of items) sums.set(lineItem, (sums.get(lineItem) ?? 0) + usd);
  return [...sums]
    .map(([lineItem, billedUsd]) => ({ lineItem, billedUsd }))
    .sort((a, b) => b.billedUsd - a.billedUsd || a.lineItem.localeCompare(b.lineItem));
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
