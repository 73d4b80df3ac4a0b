import type { TokenUsage } from '../call/usage.js';
import type { UnitPrices } from './UnitPrices.js';

/** One summand of a call's cost: `usd` is `tokens` at `usdPerMillion`, or the fee of the one request. */
export interface PriceLine {
  readonly what: string;
  readonly tokens: number;
  readonly usdPerMillion: number;
  readonly usd: number;
}

const MILLION = 1_000_000;

/**
 * The arithmetic of a call's cost: each token once, at the price of what it is. Cached, written and audio tokens are
 * parts of the prompt count, audio and reasoning parts of the completion count, reasoning at the price of output.
 * Undefined when there are tokens of a kind that has no known price.
 */
export function priceLines(usage: TokenUsage, prices: UnitPrices): PriceLine[] | undefined {
  const lines: PriceLine[] = [];
  for (const [what, tokens, usdPerMillion] of split(usage, prices)) {
    if (tokens === 0) continue;
    if (usdPerMillion === undefined) return undefined;
    lines.push({ what, tokens, usdPerMillion, usd: (tokens * usdPerMillion) / MILLION });
  }
  if (prices.perRequest > 0) lines.push({ what: 'request', tokens: 0, usdPerMillion: 0, usd: prices.perRequest });
  return lines;
}

type Share = readonly [what: string, tokens: number, usdPerMillion: number | undefined];

/** Parts beyond the whole they are parts of, as a broken upstream may send, are cut off: no share is below 0. */
function split({ promptTokens, completionTokens, details }: TokenUsage, prices: UnitPrices): Share[] {
  const audio = Math.min(details.audio_prompt ?? 0, promptTokens);
  const cached = Math.min(details.cached_prompt ?? 0, promptTokens);
  // The API doesn't tell which of them was cached where a prompt has both: text counts as cached first.
  const cachedText = Math.min(cached, promptTokens - audio);
  const cachedAudio = cached - cachedText;
  const written = Math.min(details.cache_write_prompt ?? 0, promptTokens - audio - cachedText);
  const audioOut = Math.min(details.audio_completion ?? 0, completionTokens);
  return [
    ['prompt', promptTokens - audio - cachedText - written, prices.input],
    ['cached prompt', cachedText, prices.cachedInput],
    ['prompt written to the cache', written, prices.cacheWrite],
    ['audio prompt', audio - cachedAudio, prices.audioInput],
    ['cached audio prompt', cachedAudio, prices.cachedAudioInput],
    ['completion', completionTokens - audioOut, prices.output],
    ['audio completion', audioOut, prices.audioOutput],
  ];
}
