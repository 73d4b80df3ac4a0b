import { tunedModel } from './openai/fineTuned.js';
import type { PriceSheet } from './PriceSheet.js';
import type { PricedTier } from './serviceTier.js';

/** What a model costs in the standard tier, and in others where they are known. */
export interface PriceOverride extends PriceSheet {
  readonly tiers?: Readonly<Partial<Record<Exclude<PricedTier, 'standard'>, PriceSheet | undefined>>> | undefined;
}

/** By `model` or, for one upstream only, by `provider/model`. */
export type PriceOverrides = Readonly<Record<string, PriceOverride>>;

const SNAPSHOT_DATE = /-(\d{4}-\d{2}-\d{2}|\d{8})$/;

/**
 * The override for a model: its provider's own first. A dated snapshot falls back to the name without the date, and a
 * fine-tuned model `ft:base:org::id` to `ft:base`, never to the model that was tuned.
 */
export function overrideFor(overrides: PriceOverrides, provider: string, model: string): PriceOverride | undefined {
  const tuned = tunedModel(model);
  const general = tuned === undefined ? model.replace(SNAPSHOT_DATE, '') : `ft:${tuned}`;
  const names = [`${provider}/${model}`, model, `${provider}/${general}`, general];
  const name = names.find((candidate) => Object.hasOwn(overrides, candidate));
  return name === undefined ? undefined : overrides[name];
}
