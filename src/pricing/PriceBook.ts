import type { TokenUsage } from '../call/usage.js';

/** What sets the price of a call. */
export interface PricedCall {
  readonly provider: string;
  /** The model that answered, or the one asked for when the answer names none. */
  readonly model: string;
  readonly usage: TokenUsage;
  /** The tier of the ANSWER. */
  readonly serviceTier?: string | undefined;
}

/** Knows what a call costs, in US dollars, or that it doesn't know: undefined, never a silent 0. Must not throw. */
export interface PriceBook {
  cost(call: PricedCall): number | undefined;
}
