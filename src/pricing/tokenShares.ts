import type { TokenUsage } from '../call/usage.js';
import type { UnitPrices } from './UnitPrices.js';

/** Tokens of a call, each counted once, by what they are. */
export interface TokenParts {
  readonly text: number;
  readonly cachedText: number;
  readonly written: number;
  readonly audio: number;
  readonly cachedAudio: number;
  readonly image: number;
  readonly cachedImage: number;
  readonly textOut: number;
  readonly audioOut: number;
  readonly imageOut: number;
}

/** What each part is called, and the price per million that it goes by. */
export const TOKEN_SHARES: readonly (readonly [what: string, part: keyof TokenParts, price: TokenPrice])[] = [
  ['prompt', 'text', 'input'],
  ['cached prompt', 'cachedText', 'cachedInput'],
  ['prompt written to the cache', 'written', 'cacheWrite'],
  ['audio prompt', 'audio', 'audioInput'],
  ['cached audio prompt', 'cachedAudio', 'cachedAudioInput'],
  ['image prompt', 'image', 'imageInput'],
  ['cached image prompt', 'cachedImage', 'cachedImageInput'],
  ['completion', 'textOut', 'output'],
  ['audio completion', 'audioOut', 'audioOutput'],
  ['image completion', 'imageOut', 'imageOutput'],
];

type TokenPrice = Exclude<keyof UnitPrices, 'perRequest' | 'perAudioMinute' | 'perMillionCharacters' | 'perImage'>;

/**
 * Each token of a call once, by what it is. Cached, written, audio and image tokens are parts of the prompt count;
 * audio, image, reasoning and rejected prediction tokens are parts of the completion count, the last two of them at the
 * price of output. Parts beyond the whole they are parts of, as a broken upstream may send, are cut off: no share is
 * below 0.
 * @param uncached true to take none of them for cached
 */
export function tokenParts({ promptTokens, completionTokens, details }: TokenUsage, uncached = false): TokenParts {
  const audio = Math.min(details.audio_prompt ?? 0, promptTokens);
  const image = Math.min(details.image_prompt ?? 0, promptTokens - audio);
  const text = promptTokens - audio - image;
  const cached = uncached ? 0 : Math.min(details.cached_prompt ?? 0, promptTokens);
  const toldAudio = Math.min(details.cached_audio_prompt ?? 0, audio, cached);
  const toldImage = Math.min(details.cached_image_prompt ?? 0, image, cached - toldAudio);
  // Where the API doesn't tell what kind was cached, text counts as cached first, then images, then audio.
  const cachedText = Math.min(cached - toldAudio - toldImage, text);
  const cachedImage = Math.min(cached - cachedText - toldAudio, image);
  const cachedAudio = cached - cachedText - cachedImage;
  const written = Math.min(details.cache_write_prompt ?? 0, text - cachedText);
  const audioOut = Math.min(details.audio_completion ?? 0, completionTokens);
  const imageOut = Math.min(details.image_completion ?? 0, completionTokens - audioOut);
  return {
    text: text - cachedText - written,
    cachedText,
    written,
    audio: audio - cachedAudio,
    cachedAudio,
    image: image - cachedImage,
    cachedImage,
    textOut: completionTokens - audioOut - imageOut,
    audioOut,
    imageOut,
  };
}
