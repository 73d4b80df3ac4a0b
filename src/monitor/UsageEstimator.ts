import type { Unmetered } from '../call/unmetered.js';
import type { TokenUsage } from '../call/usage.js';

/**
 * Knows about how many tokens a call used. Works beside the calls, never on their path: what it is asked for comes
 * later, or not at all. Undefined when it can't know, as of a prompt with images. Never rejects.
 */
export interface UsageEstimator {
  estimate(call: Unmetered): Promise<TokenUsage | undefined>;
}
