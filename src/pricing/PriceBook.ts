import type { BilledUnits } from '../call/units.js';
import type { TokenUsage } from '../call/usage.js';

/** What sets the price of a call. */
export interface PricedCall {
  readonly provider: string;
  /** The model that answered, or the one asked for when the answer names none. */
  readonly model: string;
  /** Absent when the call isn't billed by tokens, as speech by the character. */
  readonly usage?: TokenUsage | undefined;
  /** What it is billed by beside tokens. */
  readonly units?: BilledUnits | undefined;
  /** The tier of the ANSWER. */
  readonly serviceTier?: string | undefined;
  /** True for what it would cost if nothing of its prompt had been in a cache. A book that can't tell leaves it out. */
  readonly uncached?: boolean | undefined;
  /** When the call ended, in milliseconds since 1970, since prices change with time. Now when absent. */
  readonly at?: number | undefined;
}

/** Knows what a call costs, in US dollars, or that it doesn't know: undefined, never a silent 0. Must not throw. */
export interface PriceBook {
  cost(call: PricedCall): number | undefined;
}
