import type { TokenUsage } from '../call/usage.js';
import type { UnitPrices } from './UnitPrices.js';

/** A part of a call's tokens, and US dollars per million of them. */
export type TokenShare = readonly [what: string, tokens: number, usdPerMillion: number | undefined];

/**
 * Each token of a call once, by what it is. Cached, written, audio and image tokens are parts of the prompt count;
 * audio, image, reasoning and rejected prediction tokens are parts of the completion count, the last two of them at the
 * price of output. Parts beyond the whole they are parts of, as a broken upstream may send, are cut off: no share is
 * below 0.
 */
export function tokenShares({ promptTokens, completionTokens, details }: TokenUsage, prices: UnitPrices): TokenShare[] {
  const audio = Math.min(details.audio_prompt ?? 0, promptTokens);
  const image = Math.min(details.image_prompt ?? 0, promptTokens - audio);
  const text = promptTokens - audio - image;
  const cached = Math.min(details.cached_prompt ?? 0, promptTokens);
  const toldAudio = Math.min(details.cached_audio_prompt ?? 0, audio, cached);
  const toldImage = Math.min(details.cached_image_prompt ?? 0, image, cached - toldAudio);
  // Where the API doesn't tell what kind was cached, text counts as cached first, then images, then audio.
  const cachedText = Math.min(cached - toldAudio - toldImage, text);
  const cachedImage = Math.min(cached - cachedText - toldAudio, image);
  const cachedAudio = cached - cachedText - cachedImage;
  const written = Math.min(details.cache_write_prompt ?? 0, text - cachedText);
  const audioOut = Math.min(details.audio_completion ?? 0, completionTokens);
  const imageOut = Math.min(details.image_completion ?? 0, completionTokens - audioOut);
  return [
    ['prompt', text - cachedText - written, prices.input],
    ['cached prompt', cachedText, prices.cachedInput],
    ['prompt written to the cache', written, prices.cacheWrite],
    ['audio prompt', audio - cachedAudio, prices.audioInput],
    ['cached audio prompt', cachedAudio, prices.cachedAudioInput],
    ['image prompt', image - cachedImage, prices.imageInput],
    ['cached image prompt', cachedImage, prices.cachedImageInput],
    ['completion', completionTokens - audioOut - imageOut, prices.output],
    ['audio completion', audioOut, prices.audioOutput],
    ['image completion', imageOut, prices.imageOutput],
  ];
}
