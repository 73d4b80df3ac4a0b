import type { TokenUsage } from '../call/usage.js';

/** The same tokens as they would be billed had none of them been in a cache; undefined when none was. */
export function withoutCache(usage: TokenUsage): TokenUsage | undefined {
  const { promptTokens, completionTokens, totalTokens, details } = usage;
  if ((details.cached_prompt ?? 0) === 0) return undefined;
  const uncached = { ...details, cached_prompt: 0, cached_audio_prompt: 0, cached_image_prompt: 0 };
  return { promptTokens, completionTokens, totalTokens, details: uncached };
}
