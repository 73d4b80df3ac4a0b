import { asCount, asRecord } from './guards.js';
import type { TokenDetail, TokenUsage } from './usage.js';

/** In the names of chat completions, of responses and images, and of realtime and transcriptions. */
const PROMPT_GROUPS = ['prompt_tokens_details', 'input_tokens_details', 'input_token_details'];
const COMPLETION_GROUPS = ['completion_tokens_details', 'output_tokens_details', 'output_token_details'];

/** Where a detail stands in each of them. */
const PROMPT_FIELDS: readonly (readonly [TokenDetail, string])[] = [
  ['cached_prompt', 'cached_tokens'],
  ['cache_write_prompt', 'cache_write_tokens'],
  ['audio_prompt', 'audio_tokens'],
  ['image_prompt', 'image_tokens'],
];
const COMPLETION_FIELDS: readonly (readonly [TokenDetail, string])[] = [
  ['reasoning', 'reasoning_tokens'],
  ['audio_completion', 'audio_tokens'],
  ['image_completion', 'image_tokens'],
  ['accepted_prediction', 'accepted_prediction_tokens'],
  ['rejected_prediction', 'rejected_prediction_tokens'],
];

/** Of what kind the cached tokens are, which only realtime tells. */
const CACHED_FIELDS: readonly (readonly [TokenDetail, string])[] = [
  ['cached_audio_prompt', 'audio_tokens'],
  ['cached_image_prompt', 'image_tokens'],
];

/**
 * Reads the `usage` object of an answer, in the shape of chat completions (`prompt_tokens`) or of responses
 * (`input_tokens`). Returns undefined where there is none, where a count is not a whole number of 0 or more, and where
 * the prompt's can't be known. Without completion tokens (embeddings) there were none.
 */
export function readUsage(usage: unknown): TokenUsage | undefined {
  const fields = asRecord(usage);
  if (fields === undefined) return undefined;
  const saidPrompt = fields['prompt_tokens'] ?? fields['input_tokens'] ?? undefined;
  const saidCompletion = fields['completion_tokens'] ?? fields['output_tokens'] ?? undefined;
  const totalTokens = asCount(fields['total_tokens']);
  const completionTokens = saidCompletion === undefined ? 0 : asCount(saidCompletion);
  if (completionTokens === undefined) return undefined;
  const promptTokens = saidPrompt === undefined ? difference(totalTokens, completionTokens) : asCount(saidPrompt);
  if (promptTokens === undefined) return undefined;
  return {
    promptTokens,
    completionTokens,
    totalTokens: totalTokens ?? promptTokens + completionTokens,
    details: readDetails(fields),
  };
}

function difference(total: number | undefined, part: number): number | undefined {
  return total === undefined ? undefined : asCount(total - part);
}

function readDetails(fields: Record<string, unknown>): Partial<Record<TokenDetail, number>> {
  const details: Partial<Record<TokenDetail, number>> = {};
  for (const name of PROMPT_GROUPS) {
    const group = asRecord(fields[name]);
    if (group === undefined) continue;
    readInto(details, group, PROMPT_FIELDS);
    const cached = asRecord(group['cached_tokens_details']);
    if (cached !== undefined) readInto(details, cached, CACHED_FIELDS);
  }
  for (const name of COMPLETION_GROUPS) {
    const group = asRecord(fields[name]);
    if (group !== undefined) readInto(details, group, COMPLETION_FIELDS);
  }
  return details;
}

function readInto(
  details: Partial<Record<TokenDetail, number>>,
  group: Record<string, unknown>,
  fields: readonly (readonly [TokenDetail, string])[],
): void {
  for (const [detail, field] of fields) {
    const count = asCount(group[field]);
    if (count !== undefined) details[detail] = count;
  }
}
