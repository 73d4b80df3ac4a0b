import { fileSchema } from '../../src/config/schema.js';
import { keysAt } from '../../src/config/shapeAt.js';
import { PRICED_TIERS } from '../../src/pricing/serviceTier.js';
import { configOf } from '../helpers/configOf.js';
import { committed } from '../helpers/repository.js';
import { METERED } from '../unit/openai/estimate/meteredCalls.js';
import { fineTuned } from '../unit/pricing/worked/fineTuned.js';
import { media } from '../unit/pricing/worked/media.js';
import { standard } from '../unit/pricing/worked/standard.js';
import { tiers } from '../unit/pricing/worked/tiers.js';

const page = committed('docs/cost.md');
const words = new Set(page.match(/[\w.-]+/g));

test.each([...keysAt(fileSchema, ['prices', 'any']), 'above'])('docs/cost.md has the price key %s', (key) => {
  expect(words).toContain(key);
});

test.each(PRICED_TIERS)('docs/cost.md has the tier %s', (tier) => {
  expect(words).toContain(tier);
});

test('every price in its example is one that the configuration takes', () => {
  const example = /```yaml\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
  expect(Object.keys(configOf(example).prices)).toHaveLength(7);
});

test('it says how many worked examples there are, and what the estimate is measured against', () => {
  expect(page).toContain(`${standard.length + tiers.length + fineTuned.length + media.length} worked examples`);
  for (const { told } of METERED) expect(page).toContain(`| ${told.prompt}, `);
});
