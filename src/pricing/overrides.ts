import type { PricedTier } from './serviceTier.js';
import type { UnitPrices } from './UnitPrices.js';

/** US dollars per million tokens. */
export interface OverridePrices {
  readonly input: number;
  /** As `input` when absent. */
  readonly cachedInput?: number | undefined;
  readonly output: number;
  /** Absent: calls with audio tokens are unpriced. */
  readonly audioInput?: number | undefined;
  readonly audioOutput?: number | undefined;
}

/** What a model costs in the standard tier, and in others where they are known. */
export interface PriceOverride extends OverridePrices {
  readonly tiers?: Readonly<Partial<Record<Exclude<PricedTier, 'standard'>, OverridePrices>>> | undefined;
}

/** By `model` or, for one upstream only, by `provider/model`. */
export type PriceOverrides = Readonly<Record<string, PriceOverride>>;

const SNAPSHOT_DATE = /-(\d{4}-\d{2}-\d{2}|\d{8})$/;

/** The override for a model: its provider's own first; a dated snapshot falls back to the name without the date. */
export function overrideFor(overrides: PriceOverrides, provider: string, model: string): PriceOverride | undefined {
  const undated = model.replace(SNAPSHOT_DATE, '');
  const names = [`${provider}/${model}`, model, `${provider}/${undated}`, undated];
  const name = names.find((candidate) => Object.hasOwn(overrides, candidate));
  return name === undefined ? undefined : overrides[name];
}

export function overrideUnitPrices({
  input,
  cachedInput,
  output,
  audioInput,
  audioOutput,
}: OverridePrices): UnitPrices {
  return {
    input,
    cachedInput: cachedInput ?? input,
    cacheWrite: input,
    output,
    audioInput,
    cachedAudioInput: audioInput,
    audioOutput,
    perRequest: 0,
  };
}
