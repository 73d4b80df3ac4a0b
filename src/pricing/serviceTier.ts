/** What the tier of an answer means for its price; undefined when nothing is known of such a tier. */
export type PricedTier = 'standard' | 'flex' | 'batch' | 'priority';

const TIERS: Readonly<Record<string, PricedTier>> = {
  auto: 'standard',
  default: 'standard',
  standard: 'standard',
  flex: 'flex',
  batch: 'batch',
  priority: 'priority',
};

/** An answer without a tier was served as standard. `scale` is paid in advance, not by token, so it has no price. */
export function pricedTier(serviceTier: string | undefined): PricedTier | undefined {
  return serviceTier === undefined ? 'standard' : new Map(Object.entries(TIERS)).get(serviceTier);
}

/**
 * Share of the standard price. Batch: half, https://platform.openai.com/docs/guides/batch; flex: "priced at Batch API
 * rates", https://platform.openai.com/docs/guides/flex-processing (both read November 2026).
 */
export const TIER_FACTORS: Readonly<Partial<Record<PricedTier, number>>> = { flex: 0.5, batch: 0.5 };

interface PriorityPrice {
  readonly input: number;
  readonly cachedInput: number;
  readonly output: number;
}

/**
 * US dollars per million tokens in the priority tier, by the public data's name of the model. Not for long prompts.
 * Source: https://openai.com/api-priority-processing/ (read November 2026). Other models are unpriced in this tier.
 */
export const PRIORITY_PRICES: Readonly<Record<string, PriorityPrice>> = {
  'gpt-5.4': { input: 5, cachedInput: 0.5, output: 30 },
  'gpt-5.4-mini': { input: 1.5, cachedInput: 0.15, output: 9 },
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
