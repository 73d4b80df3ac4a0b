import { durationMs, durationText } from '../../../src/preview/web/query/duration.js';
import { rateIntervalMs, stepMs } from '../../../src/preview/web/query/interval.js';
import { momentOf, timeRangeOf } from '../../../src/preview/web/query/timeRange.js';

const HOUR = 3_600_000;
const NOW = new Date(2026, 10, 23, 14, 35, 20).getTime();

test.each([
  ['now', NOW],
  ['now-1h', NOW - HOUR],
  ['now+30m', NOW + HOUR / 2],
  ['now/d', new Date(2026, 10, 23).getTime()],
  ['now/w', new Date(2026, 10, 23).getTime()],
  ['now/M', new Date(2026, 10, 1).getTime()],
  ['now-1d/d', new Date(2026, 10, 22).getTime()],
  ['1763900000000', 1_763_900_000_000],
  ['2026-11-23T14:00:00Z', Date.UTC(2026, 10, 23, 14)],
])('%s is a moment', (text, expected) => {
  expect(momentOf(text, NOW)).toBe(expected);
});

test('as the end of a range, a rounded moment is the end of its unit', () => {
  expect(momentOf('now/d', NOW, true)).toBe(new Date(2026, 10, 24).getTime() - 1);
});

test.each(['', 'nonsense', 'nowhere', 'now-1parsec'])('%p is no moment', (text) => {
  expect(momentOf(text, NOW)).toBeUndefined();
});

test.each([
  ['nonsense', 'now'],
  ['now', 'now-1h'],
])('from %s to %s is no range, so the last hour is shown', (from, to) => {
  expect(timeRangeOf(from, to, NOW)).toEqual({ from: NOW - HOUR, to: NOW });
});

test.each([
  ['15s', 15_000],
  ['1h30m', 5_400_000],
  ['1d', 86_400_000],
  ['500ms', 500],
  ['', undefined],
  ['5', undefined],
  ['-5m', undefined],
])('the duration %p is %p ms', (text, expected) => {
  expect(durationMs(text)).toBe(expected);
});

test.each([
  [15_000, '15s'],
  [60_000, '1m'],
  [90_000, '90s'],
  [86_400_000, '1d'],
  [250, '250ms'],
])('%d ms is written %s', (ms, expected) => {
  expect(durationText(ms)).toBe(expected);
});

test.each([
  // range in hours, points, least step, expected seconds
  [1, 800, '', 15],
  [1, 100, '', 60],
  [6, 800, '', 30],
  [168, 800, '', 900],
  [1, 800, '1m', 60],
  [24 * 365, 1_000_000, '', 3600],
])('a chart of %d h with %d points and a least step of %p has a step of %d s', (hours, points, least, seconds) => {
  expect(stepMs({ from: 0, to: hours * HOUR }, points, least, 15_000) / 1000).toBe(seconds);
});

test.each([
  [15_000, 60_000],
  [60_000, 75_000],
])('the rate interval of a step of %d ms is %d ms', (step, expected) => {
  expect(rateIntervalMs(step, 15_000)).toBe(expected);
});
