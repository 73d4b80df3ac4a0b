/** The value below which the given share of the values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** The mean of the lowest third of the values: what is measured where nobody disturbs the machine. */
export function quickest(values: readonly number[]): number {
  const lowest = [...values].sort((a, b) => a - b).slice(0, Math.ceil(values.length / 3));
  return lowest.reduce((sum, value) => sum + value, 0) / lowest.length;
}

/** Median with the middle half of the values behind it, which tells how noisy the machine was. */
export function spread(values: readonly number[], digits = 0): string {
  const [low, middle, high] = [0.25, 0.5, 0.75].map((share) => quantile(values, share).toFixed(digits));
  return `${middle ?? ''} (${low ?? ''} to ${high ?? ''})`;
}
