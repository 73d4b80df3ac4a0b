import { z } from 'zod';

const NO_PRICE = 'at least one price is needed, such as input and output';
const IMAGE_PRICES = 'US dollars an image are allowed, or a map of them by size and quality';

const usdPerMillion = z.number().min(0, 'US dollars per million tokens, 0 or more, are allowed').optional();
const usdPerUnit = z.number().min(0, 'US dollars, 0 or more, are allowed');
const tokenLimit = z.int().min(1);

/** US dollars per million tokens, except where the name tells another unit. */
const unitPrices = {
  input: usdPerMillion,
  cachedInput: usdPerMillion,
  cacheWrite: usdPerMillion,
  output: usdPerMillion,
  audioInput: usdPerMillion,
  cachedAudioInput: usdPerMillion,
  audioOutput: usdPerMillion,
  imageInput: usdPerMillion,
  cachedImageInput: usdPerMillion,
  imageOutput: usdPerMillion,
  perRequest: usdPerUnit.optional(),
  perAudioMinute: usdPerUnit.optional(),
  perMillionCharacters: usdPerUnit.optional(),
  /** One price, or by `quality size`, `size`, `quality` or `auto`, as far as a call names them. */
  perImage: z.union([usdPerUnit, z.record(z.string(), usdPerUnit)], { error: IMAGE_PRICES }).optional(),
};

const sheet = {
  ...unitPrices,
  longContext: z.strictObject({ ...unitPrices, above: tokenLimit }).optional(),
  unpricedAbove: tokenLimit.optional(),
};

const namesAPrice = (prices: Readonly<Record<string, unknown>>) => Object.keys(unitPrices).some((key) => key in prices);
const priceSheet = z.strictObject(sheet).refine(namesAPrice, NO_PRICE);

/** What a model costs; `tiers` for calls that the API answers in another service tier than its default. */
export const priceSchema = z
  .strictObject({
    ...sheet,
    tiers: z
      .strictObject({
        flex: priceSheet.optional(),
        batch: priceSheet.optional(),
        priority: priceSheet.optional(),
        ultrafast: priceSheet.optional(),
      })
      .optional(),
  })
  .refine(namesAPrice, NO_PRICE);
