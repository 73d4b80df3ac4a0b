import { calcPrice, findProvider, type ModelPrice, type PriceCalculation } from '@pydantic/genai-prices';
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
  /** Whether such a prompt is billed at the prices of long ones. */
  isLong(promptTokens: number): boolean;
}

const FALLBACK_PROVIDER = 'openai';

/**
 * Looks a model up in the data of @pydantic/genai-prices. An upstream whose name isn't a provider's there, such as
 * `demo` or a proxy, is taken to sell OpenAI's models at OpenAI's prices. Never throws.
 */
export function publicPrices(provider: string, model: string, at: Date): PublicPrices | undefined {
  try {
    const providerId = findProvider({ providerId: provider })?.id ?? FALLBACK_PROVIDER;
    const found = calcPrice({ input_tokens: 0, output_tokens: 0 }, model, { providerId, timestamp: at });
    return found === null ? undefined : describe(found);
  } catch {
    // The library throws on data that contradicts itself: then the price isn't known.
    return undefined;
  }
}

function describe({ provider, model, model_price: prices }: PriceCalculation): PublicPrices {
  return {
    provider: provider.id,
    model: model.id,
    changing: Array.isArray(model.prices),
    at: (promptTokens) => unitPrices(prices, promptTokens),
    isLong: (promptTokens) =>
      Object.values(prices).some(
        (price) => typeof price === 'object' && price.tiers.some(({ start }) => promptTokens > start),
      ),
  };
}

function unitPrices(prices: ModelPrice, promptTokens: number): UnitPrices {
  const of = (key: string) => unitPrice(prices[key], promptTokens);
  const input = of('input_mtok');
  const audioInput = of('input_audio_mtok');
  return {
    input,
    // Where the data has no price of its own for it, the API gives no discount and asks no surcharge.
    cachedInput: of('cache_read_mtok') ?? input,
    cacheWrite: of('cache_write_mtok') ?? input,
    output: of('output_mtok'),
    audioInput,
    cachedAudioInput: of('cache_audio_read_mtok') ?? audioInput,
    audioOutput: of('output_audio_mtok'),
    perRequest: (of('requests_kcount') ?? 0) / 1000,
  };
}

/** The whole prompt is billed at the price of the last tier that it exceeds. */
function unitPrice(price: ModelPrice[string], promptTokens: number): number | undefined {
  if (price === undefined || typeof price === 'number') return price;
  return price.tiers.reduce((current, tier) => (promptTokens > tier.start ? tier.price : current), price.base);
}
