import type { Operation } from '../call/operation.js';
import type { TokenUsage } from '../call/usage.js';

/** What is known of a call whose usage the API did not tell. Held only until it is counted, and never written anywhere. */
export interface Unmetered {
  readonly operation: Operation;
  readonly model: string;
  /** The parsed body of the request. */
  readonly request: unknown;
  /** The text that was answered before the call ended: all choices, tool arguments and reasoning included. */
  readonly answered: string;
}

/**
 * Knows about how many tokens a call used. Works beside the calls, never on their path: what it is asked for comes
 * later, or not at all. Undefined when it can't know, as of a prompt with images. Never rejects.
 */
export interface UsageEstimator {
  estimate(call: Unmetered): Promise<TokenUsage | undefined>;
}
