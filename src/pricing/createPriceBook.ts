import { BoundedMap } from './BoundedMap.js';
import type { PriceBook, PricedCall } from './PriceBook.js';
import type { PriceOverrides } from './overrides.js';
import { priceLines, priceOfTokens, type PriceLine } from './priceLines.js';
import { resolvePrices, type ResolvedPrices } from './resolvePrices.js';
import { pricedTier, type PricedTier } from './serviceTier.js';

/** Where a price comes from, and the summands of the cost. */
export interface PriceExplanation {
  /**
   * `override`: promptmeter.yaml or the library's caller; `public`: the data of @pydantic/genai-prices; `official`:
   * OpenAI's price list, for what that data lacks.
   */
  readonly source: ResolvedPrices['source'];
  /** The name under which the price was found. */
  readonly pricedAs: string;
  readonly tier: PricedTier;
  readonly lines: readonly PriceLine[];
  /** US dollars. */
  readonly usd: number;
}

/** A price book that can also say how it comes to a cost. */
export interface ExplainingPriceBook extends PriceBook {
  explain(call: PricedCall): PriceExplanation | undefined;
}

export interface PriceBookOptions {
  /** Milliseconds since 1970: prices change with time. */
  readonly now?: () => number;
}

interface CacheEntry {
  readonly provider: string;
  readonly model: string;
  readonly prices: ResolvedPrices | undefined;
  /** Milliseconds since 1970 between which the prices hold. */
  readonly from: number;
  readonly until: number;
}

/** A look-up costs tens of microseconds and happens on the path of a call, so each is done once; misses too. */
const CACHED_MODELS = 1000;
/** Names beyond this are no models, only a way to fill the memory. */
const LONGEST_NAME = 256;
/** How stale the price of a model whose price changes by date or hour may get. */
const CHANGING_FOR_MS = 60_000;

/**
 * A price book over the public price data and OpenAI's price list, which `overrides` go before. What it doesn't know is
 * unpriced: unknown models, audio tokens without a price of their own, service tiers without a known price. Fees for
 * tool calls, such as web searches, are not part of the usage that the API reports and not included. Never throws.
 */
export function createPriceBook(
  overrides: PriceOverrides = {},
  { now = Date.now }: PriceBookOptions = {},
): ExplainingPriceBook {
  const cache = new BoundedMap<string, CacheEntry>(CACHED_MODELS);

  /** Most calls are of the model that the one before was of. */
  let last: CacheEntry | undefined;

  const resolve = ({ provider, model, at = now() }: PricedCall): ResolvedPrices | undefined => {
    if (last?.model === model && last.provider === provider && isOf(at, last)) return last.prices;
    if (model.length > LONGEST_NAME || provider.length > LONGEST_NAME) return undefined;
    const key = `${provider}\n${model}`;
    last = cache.get(key);
    if (last !== undefined && isOf(at, last)) return last.prices;
    const prices = resolvePrices(overrides, provider, model, new Date(at));
    const changing = prices?.changing === true;
    const [from, until] = changing ? [at, at + CHANGING_FOR_MS] : [-Infinity, Infinity];
    last = { provider, model, prices, from, until };
    cache.set(key, last);
    return prices;
  };

  const explain = (call: PricedCall): PriceExplanation | undefined => {
    const { usage, units, uncached } = call;
    const tier = pricedTier(call.serviceTier);
    const prices = resolve(call);
    if (tier === undefined || prices === undefined) return undefined;
    const unitPrices = prices.at(tier, usage?.promptTokens ?? 0);
    const lines = unitPrices === undefined ? undefined : priceLines({ usage, units, uncached }, unitPrices);
    if (lines === undefined) return undefined;
    const { source, pricedAs } = prices;
    return { source, pricedAs, tier, lines, usd: lines.reduce((sum, { usd }) => sum + usd, 0) };
  };

  const cost = (call: PricedCall): number | undefined => {
    const { usage, units, serviceTier, uncached } = call;
    if (usage === undefined || units !== undefined) return explain(call)?.usd;
    const tier = pricedTier(serviceTier);
    const unitPrices = tier === undefined ? undefined : resolve(call)?.at(tier, usage.promptTokens);
    return unitPrices === undefined ? undefined : priceOfTokens(usage, unitPrices, uncached);
  };

  return { explain, cost };
}

function isOf(at: number, { from, until }: CacheEntry): boolean {
  return at >= from && at < until;
}
