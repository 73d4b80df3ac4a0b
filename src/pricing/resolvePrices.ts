import { tunedModel } from './openai/fineTuned.js';
import { HALF } from './openai/half.js';
import { officialPrices } from './openai/officialPrices.js';
import { overrideFor, type PriceOverride, type PriceOverrides } from './overrides.js';
import { unitPricesOf } from './PriceSheet.js';
import { publicPrices, type PublicPrices } from './publicPrices.js';
import type { PricedTier } from './serviceTier.js';
import { scaled, type UnitPrices } from './UnitPrices.js';

/** The prices of one model at one upstream, once found. */
export interface ResolvedPrices {
  /** `override`: promptmeter.yaml; `public`: the data of @pydantic/genai-prices; `official`: OpenAI's own price list. */
  readonly source: 'override' | 'public' | 'official';
  /** The name under which the price was found. */
  readonly pricedAs: string;
  /** True when they have to be looked up again now and then. */
  readonly changing: boolean;
  /** Undefined when this tier has no known price: it is never billed as another. */
  at(tier: PricedTier, promptTokens: number): UnitPrices | undefined;
}

/** An override goes before everything else; what OpenAI's list says beyond the public data goes before that data. */
export function resolvePrices(
  overrides: PriceOverrides,
  provider: string,
  model: string,
  at: Date,
): ResolvedPrices | undefined {
  const override = overrideFor(overrides, provider, model);
  if (override !== undefined) return fromOverride(model, override);
  const found = publicPrices(provider, model, at);
  if (found !== undefined && found.provider !== 'openai' && tunedModel(model) === undefined) return standardOnly(found);
  return officialPrices(provider, model, found, at);
}

function fromOverride(model: string, override: PriceOverride): ResolvedPrices {
  return {
    source: 'override',
    pricedAs: model,
    changing: false,
    at: (tier, promptTokens) => {
      if (tier === 'standard') return unitPricesOf(override, promptTokens);
      const own = override.tiers?.[tier];
      if (own !== undefined) return unitPricesOf(own, promptTokens);
      const standard = unitPricesOf(override, promptTokens);
      return standard === undefined || (tier !== 'flex' && tier !== 'batch') ? undefined : scaled(standard, HALF);
    },
  };
}

/** The discounts are OpenAI's; other providers have tiers of the same name and other prices for them. */
function standardOnly(found: PublicPrices): ResolvedPrices {
  const { provider, model, changing } = found;
  return {
    source: 'public',
    pricedAs: `${provider}/${model}`,
    changing,
    at: (tier, promptTokens) => (tier === 'standard' ? found.at(promptTokens) : undefined),
  };
}
