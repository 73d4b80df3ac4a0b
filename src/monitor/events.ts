import type { Attempt } from '../call/attempt.js';
import type { Attribution } from '../call/call.js';
import type { ErrorType } from '../call/errorType.js';
import type { FinishReason } from '../call/finishReason.js';
import type { Operation } from '../call/operation.js';
import type { TokenDetails, UsageMissingReason } from '../call/usage.js';

/** What every event tells. */
export interface CallFields {
  readonly correlationId: string;
  readonly provider: string;
  /** The model that was asked for, else the one that answered, else `unknown`. */
  readonly model: string;
  readonly operation: Operation;
  readonly attribution: Attribution;
  /** Absent when unknown. */
  readonly messageCount?: number;
  /** The trace that the call is part of, 32 hexadecimal digits; absent when there is none. */
  readonly traceId?: string;
  /** Milliseconds since 1970 at which the event happened. */
  readonly timestamp: number;
}

/** Tokens and cost of a call that ended. `null` is unknown, never zero. */
export interface UsageFields {
  readonly promptTokens: number | null;
  readonly completionTokens: number | null;
  readonly totalTokens: number | null;
  readonly tokenDetails: TokenDetails;
  /** True when the counts were estimated by us. */
  readonly usageEstimated: boolean;
  /** Why usage is unknown where it should be known; null otherwise. */
  readonly usageMissing: UsageMissingReason | null;
  /** US dollars; null when usage or price is unknown. */
  readonly costUsd: number | null;
  /** US dollars that the call cost less because a part of its prompt was cached; absent when none was. */
  readonly cacheSavedUsd?: number;
  /** True when there is usage, or something else that is billed, and no price for it. */
  readonly unpriced: boolean;
}

/** A call that ended, whichever way. */
export interface EndFields extends CallFields, UsageFields {
  /** Milliseconds since the call began. */
  readonly duration: number;
  /** The model of the event that began this call, for what counts calls in flight. */
  readonly startedAsModel: string;
  readonly finishReasons: readonly FinishReason[];
  readonly responseModel: string | null;
  readonly serviceTier: string | null;
}

export interface StreamEndFields extends EndFields {
  /** Milliseconds from the start to the first output; null when none came. */
  readonly timeToFirstToken: number | null;
  /** Milliseconds per output token after the first; null when it can't be known. */
  readonly timePerOutputToken: number | null;
}

export interface ErrorFields {
  readonly errorType: ErrorType;
  /** Class of the error that the caller sees, such as `RateLimitError`. */
  readonly errorName: string;
  /** Made from type and status; never the upstream's text, which can hold keys and prompts. */
  readonly errorMessage: string;
  readonly httpStatus: number | null;
}

/** Every event and what it carries. */
export interface EventMetrics {
  ai_request_start: CallFields;
  ai_request_complete: EndFields;
  ai_request_error: EndFields & ErrorFields;
  ai_request_aborted: EndFields;
  ai_stream_start: CallFields;
  ai_stream_first_token: CallFields & { readonly timeToFirstToken: number };
  ai_stream_complete: StreamEndFields;
  ai_stream_error: StreamEndFields & ErrorFields;
  ai_stream_aborted: StreamEndFields;
  /** One HTTP exchange of a call. */
  ai_attempt: CallFields & Attempt;
}

export type EventName = keyof EventMetrics;

/** Name and metrics of one event, so that a check of the name tells the type of the metrics. */
export type AIEvent = { [N in EventName]: [eventName: N, metrics: EventMetrics[N]] }[EventName];
