/** Parts of the prompt and completion counts. Subsets: never to be added to them. */
export const TOKEN_DETAILS = [
  'cached_prompt',
  'cache_write_prompt',
  'reasoning',
  'audio_prompt',
  'audio_completion',
  'accepted_prediction',
  'rejected_prediction',
] as const;

/**
 * Further parts that have prices of their own. No metric has them: the cached ones are subsets of subsets, and images
 * are a matter of few models.
 */
export const PRICED_DETAILS = [
  'image_prompt',
  'image_completion',
  'cached_audio_prompt',
  'cached_image_prompt',
] as const;

export type TokenDetail = (typeof TOKEN_DETAILS)[number] | (typeof PRICED_DETAILS)[number];
export type TokenDetails = Readonly<Partial<Record<TokenDetail, number>>>;

export const TOKEN_TYPES = ['prompt', 'completion', 'total'] as const;
export type TokenType = (typeof TOKEN_TYPES)[number];

/** Tokens that a call used, as counted by the API. Whole numbers, 0 or more. */
export interface TokenUsage {
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly totalTokens: number;
  readonly details: TokenDetails;
  /** True when counted by us, because the API sent no usage. */
  readonly estimated?: boolean;
}

/**
 * Why the usage of a call is unknown. Unknown is not zero. That of `background` comes when the answer is retrieved; of
 * what was `unreadable` it isn't known whether there was any.
 */
export const USAGE_MISSING_REASONS = ['not_sent', 'aborted', 'stream_interrupted', 'background', 'unreadable'] as const;
export type UsageMissingReason = (typeof USAGE_MISSING_REASONS)[number];
