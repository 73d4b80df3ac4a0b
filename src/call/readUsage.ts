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

/** Each field is named where it is set: to set them all in one place takes several times as long. */
function readPrompt(details: Details, group: Fields | undefined): void {
  if (group === undefined) return;
  const cached = asCount(group['cached_tokens']);
  const cacheWrite = asCount(group['cache_write_tokens']);
  const audio = asCount(group['audio_tokens']);
  const image = asCount(group['image_tokens']);
  if (cached !== undefined) details.cached_prompt = cached;
  if (cacheWrite !== undefined) details.cache_write_prompt = cacheWrite;
  if (audio !== undefined) details.audio_prompt = audio;
  if (image !== undefined) details.image_prompt = image;
  // Of what kind the cached tokens are, which only realtime tells.
  const kinds = asRecord(group['cached_tokens_details']);
  if (kinds === undefined) return;
  const cachedAudio = asCount(kinds['audio_tokens']);
  const cachedImage = asCount(kinds['image_tokens']);
  if (cachedAudio !== undefined) details.cached_audio_prompt = cachedAudio;
  if (cachedImage !== undefined) details.cached_image_prompt = cachedImage;
}

function readCompletion(details: Details, group: Fields | undefined): void {
  if (group === undefined) return;
  const reasoning = asCount(group['reasoning_tokens']);
  const audio = asCount(group['audio_tokens']);
  const image = asCount(group['image_tokens']);
  const accepted = asCount(group['accepted_prediction_tokens']);
  const rejected = asCount(group['rejected_prediction_tokens']);
  if (reasoning !== undefined) details.reasoning = reasoning;
  if (audio !== undefined) details.audio_completion = audio;
  if (image !== undefined) details.image_completion = image;
  if (accepted !== undefined) details.accepted_prediction = accepted;
  if (rejected !== undefined) details.rejected_prediction = rejected;
}
