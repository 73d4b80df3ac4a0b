import { styleFields } from '../../../src/preview/web/field/styleFields.js';
import { seriesColor, valueColor } from '../../../src/preview/web/format/colors.js';
import { formatTicks, formatValue } from '../../../src/preview/web/format/formatValue.js';
import { cssColor, namedColor, placesByName } from '../../../src/preview/web/format/palette.js';
import type { Frame } from '../../../src/preview/web/frames/Frame.js';

const frame: Frame = {
  refId: 'A',
  fields: [
    { name: 'Time', type: 'time', labels: {}, values: [1, 2] },
    { name: 'Value', type: 'number', labels: { model: 'gpt-4o' }, legend: 'p95', values: [5, 12] },
  ],
};
const steps = [
  { color: 'green', value: null },
  { color: 'orange', value: 10 },
  { color: 'red', value: 20 },
];
const styled = (defaults: object, overrides: readonly object[] = []) =>
  styleFields([frame], readConfig(defaults, overrides), {})[0]!.fields[1]!;
const readConfig = (defaults: object, overrides: readonly object[]) => ({
  defaults: { ...defaults },
  overrides: overrides as Parameters<typeof styleFields>[1]['overrides'],
});

test.each([
  ['byName', 'p95'],
  ['byRegexp', '/^p\\d+/'],
  ['byFrameRefID', 'A'],
  ['byType', 'number'],
  ['byNames', { names: ['p50', 'p95'] }],
])('an override matches %s', (id, options) => {
  const field = styled({ unit: 'ms' }, [
    {
      matcher: { id, options },
      properties: [
        { id: 'unit', value: 's' },
        { id: 'custom.lineStyle.fill', value: 'dash' },
      ],
    },
  ]);
  expect(field.options).toMatchObject({ unit: 's', custom: { lineStyle: { fill: 'dash' } } });
});

test('an override of another field changes nothing', () => {
  const other = { matcher: { id: 'byName', options: 'p50' }, properties: [{ id: 'unit', value: 's' }] };
  expect(styled({ unit: 'ms' }, [other]).options.unit).toBe('ms');
});

test('a display name can name the labels', () => {
  expect(styled({ displayName: '${__field.labels.model} (${__field.name})' }).title).toBe('gpt-4o (p95)');
});

test.each([
  [5, 'green'],
  [10, 'orange'],
  [25, 'red'],
])('a value of %d has the colour of the step that it has reached, %s', (value, color) => {
  const field = styled({ thresholds: { mode: 'absolute', steps }, color: { mode: 'thresholds' } });
  expect(valueColor(value, field, 'dark')).toBe(cssColor(color, 'dark'));
});

test('percentage steps count from the least to the greatest value', () => {
  const field = styled({ min: 0, max: 200, thresholds: { mode: 'percentage', steps }, color: { mode: 'thresholds' } });
  expect(valueColor(30, field, 'dark')).toBe(cssColor('orange', 'dark'));
});

test('a fixed colour is kept, and light themes have darker ones', () => {
  const field = styled({ color: { mode: 'fixed', fixedColor: 'red' } });
  expect([seriesColor(field, 'dark'), seriesColor(field, 'light')]).toEqual(['#F2495C', '#E02F44']);
});

test('names of one panel never share a colour, and a name keeps its own', () => {
  const names = ['completion', 'prompt', 'gpt-4o', 'gpt-4o-mini', 'gpt-4.1-nano', 'o3-mini', 'p50', 'p95', 'p99'];
  const colors = [...placesByName(names).values()].map((place) => namedColor(place, 'dark'));
  expect(new Set(colors).size).toBe(names.length);
  expect(placesByName(['gpt-4o']).get('gpt-4o')).toBe(placesByName(['gpt-4o', 'o3']).get('gpt-4o'));
});

test('a name leaves a fixed colour of its panel to the field that has it', () => {
  const names = ['none', 'server_error', 'rate_limit', 'timeout', 'connection'];
  const colors = [...placesByName(names, ['green', 'red']).values()].map((place) => namedColor(place, 'dark'));
  expect(colors).not.toContain(cssColor('green', 'dark'));
  expect(colors).not.toContain(cssColor('red', 'dark'));
});

test.each([
  [null, 'no traffic'],
  [0, 'idle'],
  [15, 'busy'],
  [3, '3.00 ms'],
])('%p is shown as %p', (value, expected) => {
  const { options } = styled({
    unit: 'ms',
    decimals: 2,
    noValue: 'no traffic',
    mappings: [
      { type: 'value', options: { 0: { text: 'idle' } } },
      { type: 'range', options: { from: 10, to: null, result: { text: 'busy' } } },
    ],
  });
  expect(formatValue(value, options)).toBe(expected);
});

test.each([
  ['ms', [0, 500, 1000, 1500], ['0 ms', '500.0 ms', '1.0 s', '1.5 s']],
  ['percentunit', [0, 0.05, 0.1], ['0%', '5%', '10%']],
  ['short', [0, 1000, 2000], ['0', '1 K', '2 K']],
])('ticks in %s have just the decimals that tell them apart', (unit, ticks, expected) => {
  expect(formatTicks(ticks, styled({ unit }).options)).toEqual(expected);
});
