import { publicPrices } from '../../../src/pricing/publicPrices.js';
import { PRIORITY_PRICES } from '../../../src/pricing/openai/fast.js';

test.each(Object.entries(PRIORITY_PRICES))(
  'priority costs more than standard for %s, so the table is not older than the price data',
  (model, { input, output }) => {
    const found = publicPrices('openai', model, new Date('2026-11-15'));
    expect(found?.model).toBe(model);
    const standard = found?.at(1000);
    expect(input).toBeGreaterThan(standard?.input ?? Infinity);
    expect(output).toBeGreaterThan(standard?.output ?? Infinity);
  },
);
