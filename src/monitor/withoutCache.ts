import type { TokenUsage } from '../call/usage.js';

const NONE_CACHED = { cached_prompt: 0, cached_audio_prompt: 0, cached_image_prompt: 0 };

/** The same tokens as they would be billed had none of them been in a cache; undefined when none was. */
export function withoutCache(usage: TokenUsage): TokenUsage | undefined {
  const { cached_prompt: cached = 0 } = usage.details;
  return cached > 0 ? { ...usage, details: { ...usage.details, ...NONE_CACHED } } : undefined;
}
