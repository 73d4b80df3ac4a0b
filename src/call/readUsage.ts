import { asCount, asRecord } from './guards.js';
import type { TokenDetail, TokenUsage } from './usage.js';

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

type Details = Partial<Record<TokenDetail, number>>;
type Fields = Record<string, unknown>;

/** In the names of chat completions, of responses and images, and of realtime and transcriptions. */
function readDetails(fields: Fields): Details {
  const details: Details = {};
  readPrompt(details, asRecord(fields['prompt_tokens_details']));
  readPrompt(details, asRecord(fields['input_tokens_details']));
  readPrompt(details, asRecord(fields['input_token_details']));
  readCompletion(details, asRecord(fields['completion_tokens_details']));
  readCompletion(details, asRecord(fields['output_tokens_details']));
  readCompletion(details, asRecord(fields['output_token_details']));
  return details;
}

function readPrompt(details: Details, group: Fields | undefined): void {
  if (group === undefined) return;
  put(details, 'cached_prompt', group['cached_tokens']);
  put(details, 'cache_write_prompt', group['cache_write_tokens']);
  put(details, 'audio_prompt', group['audio_tokens']);
  put(details, 'image_prompt', group['image_tokens']);
  // Of what kind the cached tokens are, which only realtime tells.
  const cached = asRecord(group['cached_tokens_details']);
  if (cached === undefined) return;
  put(details, 'cached_audio_prompt', cached['audio_tokens']);
  put(details, 'cached_image_prompt', cached['image_tokens']);
}

function readCompletion(details: Details, group: Fields | undefined): void {
  if (group === undefined) return;
  put(details, 'reasoning', group['reasoning_tokens']);
  put(details, 'audio_completion', group['audio_tokens']);
  put(details, 'image_completion', group['image_tokens']);
  put(details, 'accepted_prediction', group['accepted_prediction_tokens']);
  put(details, 'rejected_prediction', group['rejected_prediction_tokens']);
}

function put(details: Details, detail: TokenDetail, value: unknown): void {
  const count = asCount(value);
  if (count !== undefined) details[detail] = count;
}
