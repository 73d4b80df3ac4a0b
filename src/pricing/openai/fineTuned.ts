import type { PriceSheet } from '../PriceSheet.js';
import type { PricedTier } from '../serviceTier.js';

/**
 * US dollars per million tokens of fine-tuned models, by the model that was tuned. Models tuned with data sharing cost
 * less, which their name doesn't tell: set those in promptmeter.yaml.
 * Source: https://developers.openai.com/api/docs/pricing, section Finetuning (read September to November 2026).
 */
const FINE_TUNED: Readonly<Record<string, { readonly standard: PriceSheet; readonly batch: PriceSheet }>> = {
  'o4-mini-2025-04-16': {
    standard: { input: 4, cachedInput: 1, output: 16 },
    batch: { input: 2, cachedInput: 0.5, output: 8 },
  },
  'gpt-4.1-2025-04-14': {
    standard: { input: 3, cachedInput: 0.75, output: 12 },
    batch: { input: 1.5, cachedInput: 0.5, output: 6 },
  },
  'gpt-4.1-mini-2025-04-14': {
    standard: { input: 0.8, cachedInput: 0.2, output: 3.2 },
    batch: { input: 0.4, cachedInput: 0.1, output: 1.6 },
  },
  'gpt-4.1-nano-2025-04-14': {
    standard: { input: 0.2, cachedInput: 0.05, output: 0.8 },
    batch: { input: 0.1, cachedInput: 0.025, output: 0.4 },
  },
  'gpt-4o-2024-08-06': {
    standard: { input: 3.75, cachedInput: 1.875, output: 15 },
    batch: { input: 2.225, cachedInput: 0.9, output: 12.5 },
  },
  'gpt-4o-mini-2024-07-18': {
    standard: { input: 0.3, cachedInput: 0.15, output: 1.2 },
    batch: { input: 0.15, cachedInput: 0.075, output: 0.6 },
  },
  'gpt-3.5-turbo': { standard: { input: 3, output: 6 }, batch: { input: 1.5, output: 3 } },
  'davinci-002': { standard: { input: 12, output: 12 }, batch: { input: 6, output: 6 } },
  'babbage-002': { standard: { input: 1.6, output: 1.6 }, batch: { input: 0.8, output: 0.9 } },
};

/** Snapshots of gpt-3.5-turbo that can be tuned are one line of the price list. */
const TUNED_35 = /^gpt-3\.5-turbo-(0125|1106|0613)$/;

/** The model that was tuned, of a name such as `ft:gpt-4o-2024-08-06:my-org::abc123`; undefined for any other model. */
export function tunedModel(model: string): string | undefined {
  return /^ft:([^:]+)(?::|$)/.exec(model)?.[1];
}

/** The price sheet of a fine-tuned model. Only standard and batch have published prices. */
export function fineTunedSheet(base: string, tier: PricedTier): PriceSheet | undefined {
  const name = TUNED_35.test(base) ? 'gpt-3.5-turbo' : base;
  const sheets = Object.hasOwn(FINE_TUNED, name) ? FINE_TUNED[name] : undefined;
  return tier === 'standard' || tier === 'batch' ? sheets?.[tier] : undefined;
}
