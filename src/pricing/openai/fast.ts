import type { PriceSheet } from '../PriceSheet.js';

/**
 * US dollars per million tokens in the priority tier, called "Fast mode" since July 2026, by the public data's name of
 * the model. Other models are unpriced in this tier, but for those of `FAST_FACTORS`.
 * Source: https://developers.openai.com/api/docs/pricing, section Fast mode, and https://openai.com/api-fast-mode/
 * (read September to November 2026).
 */
export const PRIORITY_PRICES: Readonly<
  Record<string, PriceSheet & { readonly input: number; readonly output: number }>
> = {
  'gpt-5.5': { input: 12.5, cachedInput: 1.25, output: 75, unpricedAbove: 271_999 },
  'gpt-5.4': { input: 5, cachedInput: 0.5, output: 30, unpricedAbove: 271_999 },
  'gpt-5.4-mini': { input: 1.5, cachedInput: 0.15, output: 9 },
  'gpt-5.3-codex': { input: 3.5, cachedInput: 0.35, output: 28 },
  'gpt-5.2': { input: 3.5, cachedInput: 0.35, output: 28 },
  'gpt-5.1': { input: 2.5, cachedInput: 0.25, output: 20 },
  'gpt-5': { input: 2.5, cachedInput: 0.25, output: 20 },
  'gpt-5-mini': { input: 0.45, cachedInput: 0.045, output: 3.6 },
  'gpt-4.1': { input: 3.5, cachedInput: 0.875, output: 14 },
  'gpt-4.1-mini': { input: 0.7, cachedInput: 0.175, output: 2.8 },
  'gpt-4.1-nano': { input: 0.2, cachedInput: 0.05, output: 0.8 },
  'gpt-4o': { input: 4.25, cachedInput: 2.125, output: 17 },
  'gpt-4o-2024-05-13': { input: 8.75, cachedInput: 8.75, output: 26.25 },
  'gpt-4o-mini': { input: 0.25, cachedInput: 0.125, output: 1 },
  o3: { input: 3.5, cachedInput: 0.875, output: 14 },
  'o4-mini': { input: 2, cachedInput: 0.5, output: 8 },
};

/**
 * Models that cost a multiple of their standard price in the priority tier, whatever the length of the prompt: "Fast
 * mode costs twice the Standard rate for the same context length".
 * Source: their pages under https://developers.openai.com/api/docs/models (read November 2026).
 */
export const FAST_FACTORS: Readonly<Record<string, number>> = {
  'gpt-6-astra': 2,
  'gpt-6-sol': 2,
  'gpt-6-luna': 2,
  'gpt-6.1-sol': 2,
  'gpt-6.1-terra': 2,
  'gpt-6.2-sol': 2,
  'gpt-5.6-sol': 2,
  'gpt-5.6-terra': 2,
  'gpt-5.6-luna': 2,
};

/** A multiple of the standard price, and another one from a date on. */
interface DatedFactor {
  readonly factor: number;
  readonly then?: { readonly from: string; readonly factor: number };
}

/**
 * The same for the ultrafast tier. Sources: https://developers.openai.com/api/docs/guides/ultrafast-mode and
 * https://developers.openai.com/api/docs/models/gpt-6.2-sol, "3 times the Standard rate through February 28, 2027, and
 * 6 times the Standard rate starting" the day after (read November 2026).
 */
const ULTRAFAST_FACTORS: Readonly<Record<string, DatedFactor>> = {
  'gpt-6-astra': { factor: 6 },
  'gpt-6.1-sol': { factor: 6 },
  'gpt-6.2-sol': { factor: 3, then: { from: '2027-03-01', factor: 6 } },
};

export function ultrafastFactor(model: string, at: Date): number | undefined {
  const dated = Object.hasOwn(ULTRAFAST_FACTORS, model) ? ULTRAFAST_FACTORS[model] : undefined;
  if (dated?.then !== undefined && at.getTime() >= Date.parse(dated.then.from)) return dated.then.factor;
  return dated?.factor;
}
