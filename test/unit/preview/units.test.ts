import { formatterOf } from '../../../src/preview/web/format/units.js';

const written = (value: number, unit: string, decimals?: number): string => {
  const { prefix, text, suffix } = formatterOf(unit)(value, decimals);
  return `${prefix}${text}${suffix}`;
};

test.each([
  // value, unit, decimals, text
  [0, 'none', undefined, '0'],
  [1234.5, 'none', undefined, '1235'],
  [0.01234, 'none', undefined, '0.0123'],
  [999, 'short', undefined, '999'],
  [1500, 'short', undefined, '1.50 K'],
  [2_500_000, 'short', 1, '2.5 Mil'],
  [-1500, 'short', 1, '-1.5 K'],
  [0.873, 'percentunit', 1, '87.3%'],
  [87.3, 'percent', 1, '87.3%'],
  [0, 'ms', undefined, '0 ms'],
  [0.25, 'ms', undefined, '250 µs'],
  [250, 'ms', undefined, '250 ms'],
  [1500, 'ms', undefined, '1.50 s'],
  [90_000, 'ms', 1, '1.5 min'],
  [7200, 's', undefined, '2 h'],
  [86_400, 's', undefined, '1 day'],
  [172_800, 's', undefined, '2 days'],
  [0.5, 's', undefined, '500 ms'],
  [12.5, 'currencyUSD', undefined, '$12.50'],
  [0.0021, 'currencyUSD', undefined, '$0.00210'],
  [-3, 'currencyUSD', 2, '-$3.00'],
  [12_500, 'currencyUSD', 1, '$12.5 K'],
  [4.5, 'reqps', undefined, '4.50 req/s'],
  [4500, 'reqps', 1, '4.5 K req/s'],
  [3, 'cps', undefined, '3 c/s'],
  [3, 'ops', undefined, '3 ops/s'],
  [1024, 'bytes', undefined, '1 KiB'],
  [1000, 'decbytes', undefined, '1 kB'],
  [5_242_880, 'bytes', 1, '5.0 MiB'],
  [90_061, 'dtdurations', 1, '1 day, 1 hour'],
  [90_061, 'dtdhms', undefined, '1d 01:01:01'],
  [1, 'bool_yes_no', undefined, 'Yes'],
  [42, 'tokens/s', undefined, '42 tokens/s'],
  [42, 'suffix:tok', undefined, '42 tok'],
  [42, 'prefix:~', undefined, '~42'],
])('%d in %s with %s decimals is written %s', (value, unit, decimals, text) => {
  expect(written(value, unit, decimals)).toBe(text);
});
