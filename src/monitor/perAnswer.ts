import type { TokenDetail, TokenUsage } from '../call/usage.js';

/** The usage of one of several answers, as the mean of all: it may hold fractions, which only prices can do with. */
export function perAnswer(
  { promptTokens, completionTokens, totalTokens, details }: TokenUsage,
  answers: number,
): TokenUsage {
  const mean: Partial<Record<TokenDetail, number>> = { ...details };
  for (const [detail, count] of Object.entries(details)) Object.assign(mean, { [detail]: count / answers });
  return {
    promptTokens: promptTokens / answers,
    completionTokens: completionTokens / answers,
    totalTokens: totalTokens / answers,
    details: mean,
  };
}
