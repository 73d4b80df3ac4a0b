import type { BilledUnits } from '../../call/units.js';
import type { TokenDetail, TokenUsage } from '../../call/usage.js';
import { loadConfig } from '../../config/loadConfig.js';
import { PromptmeterError } from '../../errors.js';
import { createPriceBook, type PriceExplanation } from '../../pricing/createPriceBook.js';
import type { PriceLine } from '../../pricing/priceLines.js';
import type { Io } from '../io.js';
import { aligned } from '../table.js';

export interface PriceOptions {
  readonly prompt?: number;
  readonly cached?: number;
  readonly cacheWrite?: number;
  readonly audioPrompt?: number;
  readonly imagePrompt?: number;
  readonly completion?: number;
  readonly audioCompletion?: number;
  readonly imageCompletion?: number;
  readonly images?: number;
  readonly size?: string;
  readonly quality?: string;
  readonly audioSeconds?: number;
  readonly characters?: number;
  readonly provider: string;
  readonly tier?: string;
  readonly date?: Date;
  readonly json?: true;
}

const ORIGINS: Readonly<Record<PriceExplanation['source'], string>> = {
  override: 'promptmeter.yaml',
  public: 'the public price data',
  official: "OpenAI's price list",
};

const PER_ONE: Readonly<Record<PriceLine['unit'], string>> = {
  tokens: 'a token',
  characters: 'a character',
  minutes: 'a minute',
  images: 'an image',
  requests: 'a request',
};

/** @throws PromptmeterError when no price is known; then nothing is printed, since 0 would be a lie. */
export function showPrice(model: string, options: PriceOptions, io: Io): void {
  const { provider, tier, date, json } = options;
  const now = date === undefined ? {} : { now: () => date.getTime() };
  const units = unitsOf(options);
  const usage = units === undefined || options.prompt !== undefined ? usageOf(options) : undefined;
  const book = createPriceBook(loadConfig(io).prices, now);
  const explanation = book.explain({ provider, model, usage, units, serviceTier: tier });
  if (explanation === undefined) {
    const inTier = tier === undefined ? '' : ` in the service tier ${tier}`;
    const message = `no price is known for ${model}${inTier}; name one under prices in promptmeter.yaml`;
    throw new PromptmeterError('check_failed', message);
  }
  if (json) io.stdout(JSON.stringify({ model, provider, ...explanation }));
  else for (const line of asText(explanation)) io.stdout(line);
}

function usageOf({ prompt = 0, completion = 0, ...options }: PriceOptions): TokenUsage {
  const details: Partial<Record<TokenDetail, number | undefined>> = {
    cached_prompt: options.cached,
    cache_write_prompt: options.cacheWrite,
    audio_prompt: options.audioPrompt,
    image_prompt: options.imagePrompt,
    audio_completion: options.audioCompletion,
    image_completion: options.imageCompletion,
  };
  return {
    promptTokens: prompt,
    completionTokens: completion,
    totalTokens: prompt + completion,
    details: Object.fromEntries(Object.entries(details).filter(([, count]) => count !== undefined)),
  };
}

function unitsOf({ images, size, quality, audioSeconds, characters }: PriceOptions): BilledUnits | undefined {
  if (images === undefined && audioSeconds === undefined && characters === undefined) return undefined;
  return { images: images === undefined ? undefined : { count: images, size, quality }, audioSeconds, characters };
}

function asText({ source, pricedAs, tier, lines, usd }: PriceExplanation): string[] {
  const rows = lines.map(({ what, quantity, unit, price, per, usd: part }) => [
    what,
    `${plain(quantity)} ${unit}`,
    `at $${plain(price)} ${per === 1 ? PER_ONE[unit] : 'a million'}`,
    `$${plain(part)}`,
  ]);
  return [
    `${pricedAs}, ${tier} tier, by ${ORIGINS[source]}`,
    ...aligned([...rows, ['cost', '', '', `$${plain(usd)}`]]),
  ];
}

/** Without exponents, and without the noise of binary fractions. */
function plain(usd: number): string {
  return usd.toFixed(12).replace(/\.?0+$/, '');
}
