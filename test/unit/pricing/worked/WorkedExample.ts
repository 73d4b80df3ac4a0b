import type { BilledUnits } from '../../../../src/call/units.js';
import type { TokenDetails, TokenUsage } from '../../../../src/call/usage.js';

/** A call whose cost was worked out by hand from prices as OpenAI publishes them. */
export interface WorkedExample {
  readonly what?: string;
  readonly model: string;
  readonly tier?: string;
  readonly usage?: TokenUsage;
  readonly units?: BilledUnits;
  /** Quantity, US dollars, for how many. */
  readonly working: readonly (readonly [quantity: number, usd: number, per: number])[];
  readonly usd: number;
  readonly source: Source;
}

/** Where a price stands and the month in which it stood there. */
export interface Source {
  readonly url: string;
  readonly read: string;
}

export const MILLION = 1_000_000;

export const LIST: Source = { url: 'https://developers.openai.com/api/docs/pricing', read: '2026-09' };

/** The list as it was when it still had the prices of older models in full. */
export const OLD_LIST: Source = { url: 'https://platform.openai.com/docs/pricing', read: '2025-10' };

export const ULTRAFAST: Source = {
  url: 'https://developers.openai.com/api/docs/guides/ultrafast-mode',
  read: '2026-11',
};

/** A model's own page. */
export const model = (name: string): Source => ({
  url: `https://developers.openai.com/api/docs/models/${name}`,
  read: '2026-11',
});

export const tokens = (promptTokens: number, completionTokens: number, details: TokenDetails = {}): TokenUsage => ({
  promptTokens,
  completionTokens,
  totalTokens: promptTokens + completionTokens,
  details,
});
