import { calcPrice, findProvider, type ModelPrice, type PriceCalculation } from '@pydantic/genai-prices';
import { filled } from './PriceSheet.js';
import type { UnitPrices } from './UnitPrices.js';

/** A model in the public price data, as of one moment. */
export interface PublicPrices {
  /** Of the data: `openai`, whatever the upstream is called. */
  readonly provider: string;
  /** The name under which the data knows the model: `gpt-4o` for `gpt-4o-2024-08-06`. */
  readonly model: string;
  /** True when the data knows other prices for other dates or hours. */
  readonly changing: boolean;
  /** The standard tier's prices; some models cost more from a length of the prompt on. */
  at(promptTokens: number): UnitPrices;
}

const FALLBACK_PROVIDER = 'openai';

/**
 * Looks a model up in the data of @pydantic/genai-prices. An upstream whose name isn't a provider's there, such as
 * `demo` or a proxy, is taken to sell OpenAI's models at OpenAI's prices. Never throws.
 */
export function publicPrices(provider: string, model: string, at: Date): PublicPrices | undefined {
  try {
    const providerId = providerOf(provider);
    const found = calcPrice({ input_tokens: 0, output_tokens: 0 }, model, { providerId, timestamp: at });
    return found === null ? undefined : describe(found);
  } catch {
    // The library throws on data that contradicts itself: then the price isn't known.
    return undefined;
  }
}

/** Whether an upstream of this name is taken to sell OpenAI's models at OpenAI's prices. Never throws. */
export function sellsOpenAI(provider: string): boolean {
  try {
    return providerOf(provider) === FALLBACK_PROVIDER;
  } catch {
    return false;
  }
}

function providerOf(provider: string): string {
  return findProvider({ providerId: provider })?.id ?? FALLBACK_PROVIDER;
}

function describe({ provider, model, model_price: prices }: PriceCalculation): PublicPrices {
  const isFlat = Object.values(prices).every((price) => typeof price === 'number');
  const flat = unitPrices(prices, 0);
  return {
    provider: provider.id,
    model: model.id,
    changing: Array.isArray(model.prices),
    at: isFlat ? () => flat : (promptTokens) => unitPrices(prices, promptTokens),
  };
}

function unitPrices(prices: ModelPrice, promptTokens: number): UnitPrices {
  const of = (key: string) => unitPrice(prices[key], promptTokens);
  const perHour = of('input_audio_hours');
  return filled({
    input: of('input_mtok'),
    // Where the data has no price of its own for it, the API gives no discount and asks no surcharge.
    cachedInput: of('cache_read_mtok'),
    cacheWrite: of('cache_write_mtok'),
    output: of('output_mtok'),
    audioInput: of('input_audio_mtok'),
    cachedAudioInput: of('cache_audio_read_mtok'),
    audioOutput: of('output_audio_mtok'),
    imageInput: of('input_image_mtok'),
    cachedImageInput: of('cache_image_read_mtok'),
    imageOutput: of('output_image_mtok'),
    perRequest: (of('requests_kcount') ?? 0) / 1000,
    perAudioMinute: perHour === undefined ? undefined : perHour / 60,
  });
}

/** The whole prompt is billed at the price of the last tier that it exceeds. */
function unitPrice(price: ModelPrice[string], promptTokens: number): number | undefined {
  if (price === undefined || typeof price === 'number') return price;
  return price.tiers.reduce((current, tier) => (promptTokens > tier.start ? tier.price : current), price.base);
}
