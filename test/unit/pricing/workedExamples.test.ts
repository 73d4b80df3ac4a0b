import { createPriceBook } from '../../../src/pricing/createPriceBook.js';
import { fineTuned } from './worked/fineTuned.js';
import { media } from './worked/media.js';
import { standard } from './worked/standard.js';
import { tiers } from './worked/tiers.js';
import type { WorkedExample } from './worked/WorkedExample.js';

const CENT_OF_A_MILLIONTH = 1e-9;
const book = createPriceBook({}, { now: () => Date.parse('2026-11-15T12:00:00Z') });

const nameOf = ({ model, what, tier = 'standard', usage, units }: WorkedExample): string =>
  [
    `${model}, ${tier}`,
    ...(what === undefined ? [] : [what]),
    ...(usage === undefined ? [] : [`${usage.promptTokens} + ${usage.completionTokens} tokens`]),
    ...(units === undefined ? [] : [JSON.stringify(units)]),
  ].join(', ');

const examples = Object.entries({ standard, tiers, fineTuned, media }).flatMap(([kind, rows]) =>
  rows.map((row) => [kind, nameOf(row), row] as const),
);

test('there are enough of them, and none twice', () => {
  expect(examples.length).toBeGreaterThanOrEqual(60);
  expect(new Set(examples.map(([, name]) => name)).size).toBe(examples.length);
});

test.each(examples)('%s: %s', (_kind, _name, { model, tier, usage, units, working, usd }) => {
  const byHand = working.reduce((sum, [quantity, price, per]) => sum + (quantity * price) / per, 0);
  expect(Math.abs(byHand - usd)).toBeLessThan(CENT_OF_A_MILLIONTH);

  const cost = book.cost({ provider: 'openai', model, usage, units, serviceTier: tier });
  expect(Math.abs((cost ?? NaN) - usd)).toBeLessThan(CENT_OF_A_MILLIONTH);
});

test.each(examples)('%s: %s names where its prices stand and when', (_kind, _name, { source }) => {
  expect(source.url).toMatch(/^https:\/\/(developers|platform)\.openai\.com\//);
  expect(source.read).toMatch(/^202[56]-\d\d$/);
});
