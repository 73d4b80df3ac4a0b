import { asCount, asRecord } from './guards.js';
import type { TokenDetail, TokenUsage } from './usage.js';

/** Where each detail stands: [group, field], in the names of chat completions and of responses. */
const DETAIL_FIELDS: readonly (readonly [TokenDetail, readonly string[], string])[] = [
  ['cached_prompt', ['prompt_tokens_details', 'input_tokens_details'], 'cached_tokens'],
  ['cache_write_prompt', ['prompt_tokens_details', 'input_tokens_details'], 'cache_write_tokens'],
  ['audio_prompt', ['prompt_tokens_details', 'input_tokens_details', 'input_token_details'], 'audio_tokens'],
  ['reasoning', ['completion_tokens_details', 'output_tokens_details'], 'reasoning_tokens'],
  ['audio_completion', ['completion_tokens_details', 'output_tokens_details', 'output_token_details'], 'audio_tokens'],
  ['accepted_prediction', ['completion_tokens_details'], 'accepted_prediction_tokens'],
  ['rejected_prediction', ['completion_tokens_details'], 'rejected_prediction_tokens'],
];

/**
 * Reads the `usage` object of an answer, in the shape of chat completions (`prompt_tokens`) or of responses
 * (`input_tokens`). Returns undefined where there is none or where its counts are not whole numbers of 0 or more.
 */
export function readUsage(usage: unknown): TokenUsage | undefined {
  const fields = asRecord(usage);
  if (fields === undefined) return undefined;
  const promptTokens = asCount(fields['prompt_tokens'] ?? fields['input_tokens']);
  const totalTokens = asCount(fields['total_tokens']);
  const completionTokens = asCount(fields['completion_tokens'] ?? fields['output_tokens']);
  if (promptTokens === undefined && completionTokens === undefined) return undefined;
  const prompt = promptTokens ?? 0;
  const completion = completionTokens ?? 0;
  return {
    promptTokens: prompt,
    completionTokens: completion,
    totalTokens: totalTokens ?? prompt + completion,
    details: readDetails(fields),
  };
}

function readDetails(fields: Record<string, unknown>): Partial<Record<TokenDetail, number>> {
  const details: Partial<Record<TokenDetail, number>> = {};
  for (const [detail, groups, field] of DETAIL_FIELDS) {
    for (const group of groups) {
      const count = asCount(asRecord(fields[group])?.[field]);
      if (count !== undefined) details[detail] = count;
    }
  }
  return details;
}
