/** What the tier of an answer means for its price. `fast` is the name that OpenAI gave to `priority` in July 2026. */
export const PRICED_TIERS = ['standard', 'flex', 'batch', 'priority', 'ultrafast'] as const;
export type PricedTier = (typeof PRICED_TIERS)[number];

const TIERS: ReadonlyMap<string, PricedTier> = new Map([
  ['auto', 'standard'],
  ['default', 'standard'],
  ['standard', 'standard'],
  ['flex', 'flex'],
  ['batch', 'batch'],
  ['priority', 'priority'],
  ['fast', 'priority'],
  ['ultrafast', 'ultrafast'],
]);

/**
 * Undefined when nothing is known of such a tier. An answer without one was served as standard; `scale` is paid in
 * advance, not by token, so it has no price.
 */
export function pricedTier(serviceTier: string | undefined): PricedTier | undefined {
  return serviceTier === undefined ? 'standard' : TIERS.get(serviceTier);
}
