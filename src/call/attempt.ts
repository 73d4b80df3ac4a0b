import type { ErrorType } from './errorType.js';

export const RATE_LIMIT_KINDS = ['requests', 'tokens'] as const;
export type RateLimitKind = (typeof RATE_LIMIT_KINDS)[number];

/** What an answer's headers say of one limit. A field that the headers do not tell is absent. */
export interface RateLimit {
  readonly limit?: number;
  readonly remaining?: number;
  /** Seconds until the limit is whole again. */
  readonly resetSeconds?: number;
}

export type RateLimits = Readonly<Partial<Record<RateLimitKind, RateLimit>>>;

/** The `http_status` label of an attempt that got no answer. */
export const NO_RESPONSE = 'none';

/** One HTTP exchange of a call. A call has several when the client tries again. */
export interface Attempt {
  /** Absent when no answer came. */
  readonly httpStatus?: number | undefined;
  /** Set when this attempt was made because an earlier one failed: why that one failed. */
  readonly retryReason?: ErrorType | undefined;
  /** Milliseconds from the start of that earlier attempt to the start of this one; absent when not known. */
  readonly lostMs?: number | undefined;
  readonly rateLimits?: RateLimits | undefined;
}

/** Rate limits as they were told, or how to read them. */
export type ToldLimits = RateLimits | (() => RateLimits | undefined);

/** An exchange whose rate limits may be unread, since mostly only those that were told last are of interest. */
export interface ToldAttempt extends Omit<Attempt, 'rateLimits'> {
  readonly rateLimits?: ToldLimits | undefined;
}

/** Undefined as well where an application's own stand-in for an answer throws. */
export function readLimits(told: ToldLimits | undefined): RateLimits | undefined {
  if (typeof told !== 'function') return told;
  try {
    return told();
  } catch {
    return undefined;
  }
}
