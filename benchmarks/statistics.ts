/** The value below which the given share of the values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/**
 * Between which values the median of what was sampled lies, 95 times out of 100, whatever its distribution: half of the
 * values lie below it, and their number spreads as that of heads among thrown coins.
 */
export function medianInterval(values: readonly number[]): readonly [low: number, high: number] {
  const share = 0.98 / Math.sqrt(values.length);
  return [quantile(values, Math.max(0, 0.5 - share)), quantile(values, Math.min(1, 0.5 + share))];
}

/** Median with the middle half of the values behind it, which tells how noisy the machine was. */
export function spread(values: readonly number[], digits = 0): string {
  const [low, middle, high] = [0.25, 0.5, 0.75].map((share) => quantile(values, share).toFixed(digits));
  return `${middle ?? ''} (${low ?? ''} to ${high ?? ''})`;
}
