import { PRIORITY_PRICES, FAST_FACTORS } from '../../../src/pricing/openai/fast.js';
import { BATCH_SHEETS, FLEX_SHEETS } from '../../../src/pricing/openai/half.js';
import { MISSING_AUDIO, SUPPLEMENT } from '../../../src/pricing/openai/supplement.js';
import { publicPrices } from '../../../src/pricing/publicPrices.js';

const inData = (model: string) => publicPrices('openai', model, new Date('2026-11-15'));

test.each(Object.keys(SUPPLEMENT))('the public data still lacks %s; once it has it, take it out here', (model) => {
  expect(inData(model)).toBeUndefined();
});

test.each(Object.keys(MISSING_AUDIO))('the public data still lacks the audio prices of %s', (model) => {
  expect(inData(model)?.model).toBe(model);
  expect(inData(model)?.at(1).audioInput).toBeUndefined();
});

test.each(Object.keys({ ...BATCH_SHEETS, ...FLEX_SHEETS, ...PRIORITY_PRICES, ...FAST_FACTORS }))(
  '%s is a name by which a model is found, so its row is not dead',
  (model) => {
    expect(inData(model)?.model ?? (model in SUPPLEMENT ? model : undefined)).toBe(model);
  },
);

test.each(Object.entries({ ...BATCH_SHEETS, ...FLEX_SHEETS }))(
  '%s costs in batch and flex what the standard price is or less',
  (model, sheet) => {
    const standard = inData(model)?.at(1);
    expect(sheet.input).toBeLessThanOrEqual(standard?.input ?? 0);
    expect(sheet.output).toBeLessThanOrEqual(standard?.output ?? 0);
  },
);
