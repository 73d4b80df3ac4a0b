import type { TokenDetail, TokenUsage } from '../call/usage.js';

const OF_CACHES = ['cached_prompt', 'cached_audio_prompt', 'cached_image_prompt'] as const;

/** The same tokens as they would be billed had none of them been in a cache; undefined when none was. */
export function withoutCache(usage: TokenUsage): TokenUsage | undefined {
  const { promptTokens, completionTokens, totalTokens, details } = usage;
  if ((details.cached_prompt ?? 0) === 0) return undefined;
  const uncached: Partial<Record<TokenDetail, number>> = { ...details };
  for (const detail of OF_CACHES) uncached[detail] = 0;
  return { promptTokens, completionTokens, totalTokens, details: uncached };
}
