import { overrideFor, overrideUnitPrices, type PriceOverride, type PriceOverrides } from './overrides.js';
import { publicPrices, type PublicPrices } from './publicPrices.js';
import { PRIORITY_PRICES, TIER_FACTORS, type PricedTier } from './serviceTier.js';
import { scaled, type UnitPrices } from './UnitPrices.js';

/** The prices of one model at one upstream, once found. */
export interface ResolvedPrices {
  readonly source: 'override' | 'public';
  /** The name under which the price was found. */
  readonly pricedAs: string;
  /** True when they have to be looked up again now and then. */
  readonly changing: boolean;
  /** Undefined when this tier has no known price: it is never billed as another. */
  at(tier: PricedTier, promptTokens: number): UnitPrices | undefined;
}

/** An override goes before the public data. */
export function resolvePrices(
  overrides: PriceOverrides,
  provider: string,
  model: string,
  at: Date,
): ResolvedPrices | undefined {
  const override = overrideFor(overrides, provider, model);
  if (override !== undefined) return fromOverride(model, override);
  const found = publicPrices(provider, model, at);
  return found === undefined ? undefined : fromPublic(found);
}

function fromOverride(model: string, override: PriceOverride): ResolvedPrices {
  return {
    source: 'override',
    pricedAs: model,
    changing: false,
    at: (tier) => {
      if (tier === 'standard') return overrideUnitPrices(override);
      const own = override.tiers?.[tier];
      return own === undefined ? discounted(tier, overrideUnitPrices(override)) : overrideUnitPrices(own);
    },
  };
}

function fromPublic(found: PublicPrices): ResolvedPrices {
  return {
    source: 'public',
    pricedAs: `${found.provider}/${found.model}`,
    changing: found.changing,
    at: (tier, promptTokens) => {
      if (tier === 'standard') return found.at(promptTokens);
      // The factors and the priority prices are OpenAI's; other providers have tiers of the same name.
      if (found.provider !== 'openai') return undefined;
      return tier === 'priority' ? priority(found, promptTokens) : discounted(tier, found.at(promptTokens));
    },
  };
}

function discounted(tier: PricedTier, prices: UnitPrices): UnitPrices | undefined {
  const factor = TIER_FACTORS[tier];
  return factor === undefined ? undefined : scaled(prices, factor);
}

function priority(found: PublicPrices, promptTokens: number): UnitPrices | undefined {
  if (!Object.hasOwn(PRIORITY_PRICES, found.model) || found.isLong(promptTokens)) return undefined;
  const prices = PRIORITY_PRICES[found.model];
  return prices === undefined ? undefined : overrideUnitPrices(prices);
}
