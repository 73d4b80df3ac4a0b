/** Why a model stopped. */
export const FINISH_REASONS = ['stop', 'length', 'tool_calls', 'content_filter', 'other'] as const;
export type FinishReason = (typeof FINISH_REASONS)[number];

const ALIASES: Readonly<Record<string, FinishReason>> = {
  stop: 'stop',
  length: 'length',
  max_output_tokens: 'length',
  tool_calls: 'tool_calls',
  function_call: 'tool_calls',
  content_filter: 'content_filter',
};

/** Maps what the API says (chat `finish_reason`, responses `incomplete_details.reason`) to the closed set. */
export function finishReason(said: string): FinishReason {
  return Object.hasOwn(ALIASES, said) ? (ALIASES[said] ?? 'other') : 'other';
}
