import type { TokenUsage } from '../call/usage.js';

/** The same tokens as they would be billed had none of them been in a cache; undefined when none was. */
export function withoutCache({
  promptTokens,
  completionTokens,
  totalTokens,
  details,
}: TokenUsage): TokenUsage | undefined {
  if ((details.cached_prompt ?? 0) === 0) return undefined;
  const { cached_prompt, cached_audio_prompt, cached_image_prompt, ...others } = details;
  return { promptTokens, completionTokens, totalTokens, details: others };
}
