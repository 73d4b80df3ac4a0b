import type { PriceSheet } from '../PriceSheet.js';

/**
 * Share of the standard price. Batch: "50% lower costs", https://platform.openai.com/docs/guides/batch; flex: "priced
 * at Batch API rates", https://platform.openai.com/docs/guides/flex-processing (both read November 2026).
 */
export const HALF = 0.5;

/**
 * Where OpenAI's price list names for batch something else than half: older models have no discount on what is cached,
 * one model none at all, and some prices are rounded up. By the public data's name of the model.
 * Source: https://developers.openai.com/api/docs/pricing, section Batch (read September to November 2026).
 */
export const BATCH_SHEETS: Readonly<Record<string, PriceSheet>> = {
  'gpt-5.5-pro': { input: 15, output: 90, unpricedAbove: 271_999 },
  'gpt-5.4': {
    ...{ input: 1.25, cachedInput: 0.13, output: 7.5 },
    longContext: { above: 271_999, input: 2.5, cachedInput: 0.25, output: 11.25 },
  },
  'gpt-4.1': { input: 1, output: 4 },
  'gpt-4.1-mini': { input: 0.2, output: 0.8 },
  'gpt-4.1-nano': { input: 0.05, output: 0.2 },
  'gpt-4o': { input: 1.25, output: 5 },
  'gpt-4o-mini': { input: 0.075, output: 0.3 },
  o1: { input: 7.5, output: 30 },
  o3: { input: 1, output: 4 },
  'o3-mini': { input: 0.55, output: 2.2 },
  'o4-mini': { input: 0.55, output: 2.2 },
  'gpt-3.5-turbo-1106': { input: 1, output: 2 },
  'gpt-image-1': { input: 2.5, cachedInput: 0.63, output: 20, imageInput: 5, cachedImageInput: 1.25 },
  'gpt-image-1-mini': { input: 1, cachedInput: 0.1, output: 4, imageInput: 1.25, cachedImageInput: 0.13 },
  'gpt-image-1.5': {
    ...{ input: 2.5, cachedInput: 0.63, output: 5 },
    ...{ imageInput: 4, cachedImageInput: 1, imageOutput: 16 },
  },
};

/** The same for flex. Source: as above, section Flex. */
export const FLEX_SHEETS: Readonly<Record<string, PriceSheet>> = {
  'gpt-5.5-pro': { input: 15, output: 90, unpricedAbove: 271_999 },
  'gpt-5.4': {
    ...{ input: 1.25, cachedInput: 0.13, output: 7.5 },
    longContext: { above: 271_999, input: 2.5, cachedInput: 0.25, output: 11.25 },
  },
  'o4-mini': { input: 0.55, cachedInput: 0.138, output: 2.2 },
};
