import type { TokenUsage } from '../call/usage.js';
import type { BilledUnits } from '../call/units.js';
import { TOKEN_SHARES, tokenParts } from './tokenShares.js';
import type { ImagePrices, UnitPrices } from './UnitPrices.js';

export type PricedUnit = 'tokens' | 'characters' | 'minutes' | 'images' | 'requests';

/** One summand of a call's cost: `usd` is `quantity` units at `price` US dollars for `per` of them. */
export interface PriceLine {
  readonly what: string;
  readonly quantity: number;
  readonly unit: PricedUnit;
  readonly price: number;
  readonly per: number;
  readonly usd: number;
}

export interface Billed {
  readonly usage?: TokenUsage | undefined;
  readonly units?: BilledUnits | undefined;
  readonly uncached?: boolean | undefined;
}

const MILLION = 1_000_000;
const SECONDS_PER_MINUTE = 60;

/**
 * The arithmetic of a call's cost. Undefined when there are tokens of a kind that has no known price, and when nothing
 * that the model is billed by is known of the call: then the cost isn't known either.
 */
export function priceLines({ usage, units, uncached }: Billed, prices: UnitPrices): PriceLine[] | undefined {
  const ofTokens = usage === undefined ? [] : tokenLines(usage, prices, uncached);
  const ofUnits = units === undefined ? [] : unitLines(units, prices);
  if (ofTokens === undefined || (usage === undefined && ofUnits.length === 0)) return undefined;
  const ofRequest = prices.perRequest > 0 ? [line('request', 1, 'requests', prices.perRequest, 1)] : [];
  return [...ofTokens, ...ofUnits, ...ofRequest];
}

/**
 * US dollars of a call that is billed by its tokens and nothing else: the sum of its lines, without making them, since
 * every call is priced on its path. Undefined as for `priceLines`.
 */
export function priceOfTokens(usage: TokenUsage, prices: UnitPrices, uncached?: boolean): number | undefined {
  const parts = tokenParts(usage, uncached);
  const usd =
    priceOf(parts.text, prices.input) +
    priceOf(parts.cachedText, prices.cachedInput) +
    priceOf(parts.written, prices.cacheWrite) +
    priceOf(parts.audio, prices.audioInput) +
    priceOf(parts.cachedAudio, prices.cachedAudioInput) +
    priceOf(parts.image, prices.imageInput) +
    priceOf(parts.cachedImage, prices.cachedImageInput) +
    priceOf(parts.textOut, prices.output) +
    priceOf(parts.audioOut, prices.audioOutput) +
    priceOf(parts.imageOut, prices.imageOutput);
  return Number.isNaN(usd) ? undefined : usd + prices.perRequest;
}

/** NaN where there are tokens without a known price. */
function priceOf(tokens: number, perMillion = NaN): number {
  return tokens === 0 ? 0 : (tokens * perMillion) / MILLION;
}

function tokenLines(usage: TokenUsage, prices: UnitPrices, uncached?: boolean): PriceLine[] | undefined {
  const parts = tokenParts(usage, uncached);
  const lines: PriceLine[] = [];
  for (const [what, part, priceKey] of TOKEN_SHARES) {
    const tokens = parts[part];
    if (tokens === 0) continue;
    const price = prices[priceKey];
    if (price === undefined) return undefined;
    lines.push(line(what, tokens, 'tokens', price, MILLION));
  }
  return lines;
}

/** A unit that the model has no price by is one that it isn't billed by. */
function unitLines({ images, audioSeconds, characters }: BilledUnits, prices: UnitPrices): PriceLine[] {
  const lines: PriceLine[] = [];
  if (images !== undefined) {
    const kind = [images.quality, images.size].filter((word) => word !== undefined).join(' ');
    const price = imagePrice(prices.perImage, kind === '' ? 'auto' : kind);
    if (price !== undefined) lines.push(line(`image ${kind}`.trimEnd(), images.count, 'images', price, 1));
  }
  if (audioSeconds !== undefined && prices.perAudioMinute !== undefined) {
    lines.push(line('audio', audioSeconds / SECONDS_PER_MINUTE, 'minutes', prices.perAudioMinute, 1));
  }
  if (characters !== undefined && prices.perMillionCharacters !== undefined) {
    lines.push(line('speech', characters, 'characters', prices.perMillionCharacters, MILLION));
  }
  return lines;
}

function imagePrice(prices: ImagePrices | undefined, kind: string): number | undefined {
  if (prices === undefined || typeof prices === 'number') return prices;
  return Object.hasOwn(prices, kind) ? prices[kind] : undefined;
}

function line(what: string, quantity: number, unit: PricedUnit, price: number, per: number): PriceLine {
  return { what, quantity, unit, price, per, usd: (quantity * price) / per };
}
