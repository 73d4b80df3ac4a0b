/** What a user can have done with an answer, unless promptmeter.yaml names others. */
export const USER_OUTCOMES = ['accepted', 'edited', 'retried', 'abandoned', 'thumbs_up', 'thumbs_down'] as const;
export type UserOutcome = (typeof USER_OUTCOMES)[number];

/** What a user did with the answer of one call. */
export interface RecordedOutcome {
  /** Of the call: the header `x-promptmeter-id` of the gateway's answer, or `correlationIdOf` in the library. Undefined is of no known call. */
  readonly correlationId: string | undefined;
  /** One of the closed set: `USER_OUTCOMES`, or `outcomes` of promptmeter.yaml. */
  readonly outcome: string;
}

/** Why an outcome could not be joined to a call. */
export const UNMATCHED_REASONS = ['unknown_call', 'unknown_outcome'] as const;
export type UnmatchedReason = (typeof UNMATCHED_REASONS)[number];
