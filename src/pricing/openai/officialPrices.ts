import { unitPricesOf, type PriceSheet } from '../PriceSheet.js';
import { sellsOpenAI, type PublicPrices } from '../publicPrices.js';
import type { ResolvedPrices } from '../resolvePrices.js';
import type { PricedTier } from '../serviceTier.js';
import { scaled, type UnitPrices } from '../UnitPrices.js';
import { FAST_FACTORS, PRIORITY_PRICES, ultrafastFactor } from './fast.js';
import { fineTunedSheet, tunedModel } from './fineTuned.js';
import { BATCH_SHEETS, FLEX_SHEETS, HALF } from './half.js';
import { MISSING_AUDIO, SUPPLEMENT } from './supplement.js';

type AtLength = (promptTokens: number) => UnitPrices | undefined;

/**
 * OpenAI's prices: standard ones from the public data where it has them, all others from OpenAI's price list. The data
 * takes a fine-tuned model that it doesn't know for the model that was tuned, so it isn't asked for those.
 */
export function officialPrices(
  provider: string,
  model: string,
  found: PublicPrices | undefined,
  at: Date,
): ResolvedPrices | undefined {
  const tuned = tunedModel(model);
  if (tuned !== undefined) return sellsOpenAI(provider) ? fineTuned(tuned) : undefined;
  if (found !== undefined) {
    const standard: AtLength = (promptTokens) => withAudio(found.model, found.at(promptTokens));
    return inTiers('public', found.model, found.changing, standard, at);
  }
  const sheet = sellsOpenAI(provider) ? own(SUPPLEMENT, model) : undefined;
  return sheet === undefined
    ? undefined
    : inTiers('official', model, true, (promptTokens) => unitPricesOf(sheet, promptTokens), at);
}

function fineTuned(base: string): ResolvedPrices | undefined {
  if (fineTunedSheet(base, 'standard') === undefined) return undefined;
  return {
    source: 'official',
    pricedAs: `openai/ft:${base}`,
    changing: false,
    at: (tier, promptTokens) => atLength(fineTunedSheet(base, tier))(promptTokens),
  };
}

function inTiers(
  source: 'public' | 'official',
  model: string,
  changing: boolean,
  standard: AtLength,
  at: Date,
): ResolvedPrices {
  const times = (factor: number | undefined): AtLength => {
    return (promptTokens) => {
      const prices = standard(promptTokens);
      return prices === undefined || factor === undefined ? undefined : scaled(prices, factor);
    };
  };
  const either = (sheet: PriceSheet | undefined, factor: number | undefined): AtLength =>
    sheet === undefined ? times(factor) : atLength(sheet);
  const tiers: Readonly<Record<PricedTier, AtLength>> = {
    standard,
    flex: either(own(FLEX_SHEETS, model), HALF),
    batch: either(own(BATCH_SHEETS, model), HALF),
    priority: either(own(PRIORITY_PRICES, model), own(FAST_FACTORS, model)),
    ultrafast: times(ultrafastFactor(model, at)),
  };
  return { source, pricedAs: `openai/${model}`, changing, at: (tier, promptTokens) => tiers[tier](promptTokens) };
}

function atLength(sheet: PriceSheet | undefined): AtLength {
  return (promptTokens) => (sheet === undefined ? undefined : unitPricesOf(sheet, promptTokens));
}

function withAudio(model: string, prices: UnitPrices): UnitPrices {
  const { audioInput, audioOutput } = own(MISSING_AUDIO, model) ?? {};
  if (audioInput === undefined || prices.audioInput !== undefined) return prices;
  return { ...prices, audioInput, cachedAudioInput: audioInput, audioOutput };
}

function own<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
