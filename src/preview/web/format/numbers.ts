/** A number with the given decimals, or with three significant digits. Whole numbers keep theirs. */
export function plainNumber(value: number, decimals: number | undefined): string {
  if (decimals !== undefined) return value.toFixed(Math.min(Math.max(decimals, 0), 20));
  if (Number.isInteger(value)) return String(value);
  const magnitude = Math.floor(Math.log10(Math.abs(value)));
  return value.toFixed(Math.min(Math.max(2 - magnitude, 0), 10));
}

/** Prefixes from the smallest step up, each `base` times the one before. */
export interface Scale {
  readonly base: number;
  readonly prefixes: readonly string[];
  /** For values below one, each `base` times smaller. */
  readonly small?: readonly string[];
}

export const SHORT: Scale = { base: 1000, prefixes: ['', ' K', ' Mil', ' Bil', ' Tri', ' Quadr'] };
export const SI: Scale = {
  base: 1000,
  prefixes: ['', 'k', 'M', 'G', 'T', 'P', 'E'],
  small: ['m', 'µ', 'n', 'p'],
};
export const LARGE_SI: Scale = { base: 1000, prefixes: ['', 'k', 'M', 'G', 'T', 'P', 'E'] };
export const IEC: Scale = { base: 1024, prefixes: ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi'] };

/** The value in the step of the scale that reads best, and that step's prefix. */
export function scaled(value: number, { base, prefixes, small = [] }: Scale): { value: number; prefix: string } {
  let rest = value;
  let step = 0;
  while (Math.abs(rest) >= base && step < prefixes.length - 1) {
    rest /= base;
    step += 1;
  }
  while (rest !== 0 && Math.abs(rest) < 1 && -step < small.length) {
    rest *= base;
    step -= 1;
  }
  return { value: rest, prefix: (step < 0 ? small[-step - 1] : prefixes[step]) ?? '' };
}
