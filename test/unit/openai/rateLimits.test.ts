import fc from 'fast-check';
import { readRateLimits } from '../../../src/openai/rateLimits.js';

const read = (headers: Record<string, string>) => readRateLimits((name) => headers[name]);

test('all six headers are read', () => {
  expect(
    read({
      'x-ratelimit-limit-requests': '10000',
      'x-ratelimit-remaining-requests': '9999',
      'x-ratelimit-reset-requests': '8.64s',
      'x-ratelimit-limit-tokens': '200000',
      'x-ratelimit-remaining-tokens': '0',
      'x-ratelimit-reset-tokens': '6m0s',
    }),
  ).toEqual({
    requests: { limit: 10_000, remaining: 9999, resetSeconds: 8.64 },
    tokens: { limit: 200_000, remaining: 0, resetSeconds: 360 },
  });
});

test.each([
  ['1s', 1],
  ['20ms', 0.02],
  ['6m0s', 360],
  ['1h2m3.5s', 3723.5],
  ['1d1h', 90_000],
  ['0s', 0],
  ['12', 12],
  [' 1s ', 1],
])('a reset of %s is %d seconds', (value, seconds) => {
  expect(read({ 'x-ratelimit-reset-tokens': value })?.tokens?.resetSeconds).toBeCloseTo(seconds, 9);
});

test.each(['-1', '-1s', 'soon', '', '1x', 's', 'NaN', 'Infinity', '1s '.repeat(100), '2026-11-01T00:00:00Z'])(
  'a reset of "%s" is unknown, not a number',
  (value) => {
    expect(read({ 'x-ratelimit-reset-tokens': value })).toBeUndefined();
  },
);

test.each(['-1', '1.5', '', 'many', '1e3', '99999999999999999999'])('a limit of "%s" is unknown', (value) => {
  expect(read({ 'x-ratelimit-limit-requests': value })).toBeUndefined();
});

test('what no header tells is absent', () => {
  expect(read({})).toBeUndefined();
  expect(readRateLimits(() => null)).toBeUndefined();
  expect(read({ 'x-ratelimit-remaining-requests': '3' })).toEqual({ requests: { remaining: 3 } });
});

test('whatever the headers say, every number is finite and 0 or more', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 60 }), (value) => {
      const limits = readRateLimits(() => value);
      for (const limit of Object.values(limits ?? {})) {
        for (const number of Object.values(limit)) expect(Number.isFinite(number) && number >= 0).toBe(true);
      }
    }),
  );
});
