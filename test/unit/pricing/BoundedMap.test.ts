import { BoundedMap } from '../../../src/pricing/BoundedMap.js';

test('a bounded map never grows beyond its limit and forgets the oldest entry first', () => {
  const map = new BoundedMap<string, number>(3);
  ['a', 'b', 'c', 'a', 'd'].forEach((key, index) => map.set(key, index));
  expect(map.size).toBe(3);
  expect(['a', 'b', 'c', 'd'].map((key) => map.get(key))).toEqual([3, undefined, 2, 4]);
});
