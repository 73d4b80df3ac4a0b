import { aligned } from '../table.js';
import type { CallCounts } from './counted.js';
import type { Comparison, Reconciliation } from './Reconciliation.js';

const MOST_LINE_ITEMS = 10;
const NUMBERS = new Set([1, 2, 3, 4]);

/** A reconciliation as people read it: by day, in total, and what explains a difference. */
export function asText(result: Reconciliation): string[] {
  const { since, until, provider, days, total, lineItems } = result;
  const rows = [
    ['day (UTC)', 'counted', 'billed', 'ratio', 'difference'],
    ...days.map((day) => [day.day, ...cells(day)]),
    ['total', ...cells(total)],
  ];
  const unknown = days.filter(({ differenceUsd }) => differenceUsd === null).length;
  return [
    `Counted for ${provider} and billed by OpenAI, ${since} to ${until} (not included)`,
    ...aligned(rows, NUMBERS),
    ...(unknown === 0 ? [] : [`The total leaves out ${calls(unknown, 'day')} of which one side has no data.`]),
    ...explanation(result),
    ...(lineItems.length === 0 ? [] : ['Billed by line item:']),
    ...aligned(
      lineItems.slice(0, MOST_LINE_ITEMS).map(({ lineItem, billedUsd }) => [lineItem, usd(billedUsd)]),
      NUMBERS,
    ),
  ];
}

function explanation({ unpriced, usageMissing, usageEstimated }: Reconciliation): string[] {
  return [
    ...reason(unpriced, (count) => `${count} with usage and no known price`),
    ...reason(usageMissing, (count) => `${count} whose usage is unknown`),
    ...reason(usageEstimated, (count) => `${count} whose usage was estimated`),
  ];
}

function reason(counts: CallCounts, sentence: (count: string) => string): string[] {
  const entries = Object.entries(counts).sort(([, a], [, b]) => b - a);
  if (entries.length === 0) return [];
  const total = entries.reduce((sum, [, count]) => sum + count, 0);
  const parts = entries.map(([name, count]) => `${name === '' ? '(none)' : name} ${count}`);
  return [`${sentence(calls(total, 'call'))}: ${parts.join(', ')}`];
}

function cells({ countedUsd, billedUsd, ratio, differenceUsd }: Comparison): string[] {
  return [usd(countedUsd), usd(billedUsd), ratio === null ? '-' : ratio.toFixed(4), usd(differenceUsd)];
}

function usd(amount: number | null): string {
  if (amount === null) return '-';
  const sign = amount < 0 && Math.abs(amount) >= 0.000_05 ? '-' : '';
  return `${sign}$${Math.abs(amount).toFixed(4)}`;
}

function calls(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
