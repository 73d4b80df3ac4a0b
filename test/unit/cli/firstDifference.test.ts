import { firstDifference } from '../../../src/cli/generate/firstDifference.js';

test.each([
  [{ a: 1 }, { a: 1 }, undefined],
  [{ a: 1 }, { a: 2 }, 'a'],
  [{ panels: [{ id: 1 }, { targets: [{ expr: 'x' }] }] }, { panels: [{ id: 1 }, { targets: [{ expr: 'y' }] }] }, 'panels[1].targets[0].expr'],
  [{ a: [1, 2] }, { a: [1] }, 'a[1]'],
  [{ a: [] }, { a: {} }, 'a'],
  [{ a: null }, { a: {} }, 'a'],
  [{ 'b c': { d: 1 } }, { 'b c': {} }, '["b c"].d'],
])('%j and %j differ first at %s', (before, after, path) => {
  expect(firstDifference(JSON.stringify(before), JSON.stringify(after))).toBe(path);
}); // prettier-ignore

test('a text that is not JSON has no path', () => {
  expect(firstDifference('{', '{}')).toBeUndefined();
  expect(firstDifference(undefined, '{}')).toBeUndefined();
});
