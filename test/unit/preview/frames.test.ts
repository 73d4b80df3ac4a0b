import type { Target } from '../../../src/preview/web/dashboard/Dashboard.js';
import { nameOf } from '../../../src/preview/web/frames/Frame.js';
import { framesOf } from '../../../src/preview/web/frames/framesOf.js';
import { legendsOf } from '../../../src/preview/web/frames/legend.js';
import { reduce } from '../../../src/preview/web/frames/reduce.js';

const target = (format: Target['format'], legendFormat = ''): Target => ({
  refId: 'A',
  expr: 'x',
  legendFormat,
  format,
  instant: false,
  range: true,
  exemplar: false,
  interval: '',
});
const bucket = (le: string, ...values: number[]) => ({
  labels: { le },
  points: values.map((value, index) => [index * 1000, value] as const),
});

test('a series becomes a frame of times and values, without what is no number', () => {
  const series = [{ labels: { model: 'a' }, points: [[1000, 5] as const, [2000, NaN] as const] }];
  const [frame] = framesOf({ target: target('time_series', '{{model}}'), series, amongOthers: false });
  expect(frame?.fields.map(({ values }) => values)).toEqual([
    [1000, 2000],
    [5, null],
  ]);
  expect(nameOf(frame!.fields[1]!)).toBe('a');
});

test('buckets are sorted and hold what lies between their bounds', () => {
  const series = [bucket('+Inf', 9, 9), bucket('100', 2, 1), bucket('50.0', 1, 1)];
  const frames = framesOf({ target: target('heatmap', '{{le}}'), series, amongOthers: false });
  expect(frames.map(({ fields }) => [nameOf(fields[1]!), fields[1]?.values])).toEqual([
    ['50.0', [1, 1]],
    ['100', [1, 0]],
    ['+Inf', [7, 8]],
  ]);
});

test('a table has a column a label and names its value after the query', () => {
  const series = [
    { labels: { model: 'a' }, points: [[1000, 1] as const] },
    { labels: { app: 'x' }, points: [[1000, 2] as const] },
  ];
  const [frame] = framesOf({ target: target('table'), series, amongOthers: true });
  expect(frame?.fields.map(({ name, values }) => [name, values])).toEqual([
    ['Time', [1000, 1000]],
    ['app', [null, 'x']],
    ['model', ['a', null]],
    ['Value #A', [1, 2]],
  ]);
});

test.each([
  ['{{model}} of {{ provider }}', [{ model: 'a', provider: 'p' }], ['a of p']],
  ['__auto', [{ model: 'a' }, { model: 'b' }], ['a', 'b']],
  ['', [{ __name__: 'up', job: 'j', instance: 'i' }], ['up{job="j", instance="i"}']],
  ['', [{}], ['sum(x)']],
  ['{{gone}}', [{ model: 'a' }], ['']],
])('the legend %p of %p is %p', (template, labels, expected) => {
  expect(legendsOf(labels, template, 'sum(x)')).toEqual(expected);
});

test.each([
  ['lastNotNull', [1, 3, null], 3],
  ['last', [1, 3, null], null],
  ['firstNotNull', [null, 2, 3], 2],
  ['mean', [1, null, 3], 2],
  ['min', [4, 2, null], 2],
  ['max', [4, 9, null], 9],
  ['sum', [1, 2, null], 3],
  ['count', [1, 2, null], 3],
  ['range', [2, 9, 5], 7],
  ['diff', [2, 9, 5], 3],
  ['delta', [2, 9, 5, 6], 8],
  ['sum', [null], null],
  ['an unknown one', [1, 2], 2],
])('%s of %p is %p', (id, values, expected) => {
  expect(reduce(values, id)).toBe(expected);
});
