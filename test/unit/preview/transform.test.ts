import type { Cell, Frame } from '../../../src/preview/web/frames/Frame.js';
import { nameOf } from '../../../src/preview/web/frames/Frame.js';
import { transform } from '../../../src/preview/web/transform/index.js';

type Columns = Readonly<Record<string, readonly Cell[]>>;

const frame = (columns: Columns, refId = 'A'): Frame => ({
  refId,
  fields: Object.entries(columns).map(([name, values]) => ({
    name,
    type: name === 'Time' ? 'time' : typeof values[0] === 'number' ? 'number' : 'string',
    labels: {},
    values,
  })),
});
const columns = ({ fields }: Frame): Columns => Object.fromEntries(fields.map((each) => [nameOf(each), each.values]));

const a = { Time: [1, 1], model: ['x', 'y'], 'Value #A': [10, 20] };
const b = { Time: [1, 1], model: ['y', 'z'], 'Value #B': [5, 6] };

test.each<[string, object, Columns[], Columns[]]>([
  [
    'merge',
    {},
    [a, b],
    [{ Time: [1, 1, 1], model: ['x', 'y', 'z'], 'Value #A': [10, 20, null], 'Value #B': [null, 5, 6] }],
  ],
  ['merge', {}, [a], [a]],
  [
    'organize',
    { excludeByName: { Time: true }, indexByName: { 'Value #A': 0, model: 1 }, renameByName: { 'Value #A': 'Calls' } },
    [a],
    [{ Calls: [10, 20], model: ['x', 'y'] }],
  ],
  ['organize', { includeByName: { model: true } }, [a], [{ model: ['x', 'y'] }]],
  [
    'joinByField',
    { byField: 'model' },
    [
      { model: ['x', 'y'], n: [1, 2] },
      { model: ['y'], n: [3] },
    ],
    [{ model: ['x', 'y'], n: [1, 2], 'n 2': [null, 3] }],
  ],
  [
    'joinByField',
    { byField: 'model', mode: 'inner' },
    [
      { model: ['x', 'y'], n: [1, 2] },
      { model: ['y'], m: [3] },
    ],
    [{ model: ['y'], n: [2], m: [3] }],
  ],
  ['reduce', { reducers: ['mean', 'max'] }, [{ Time: [1, 2], n: [1, 3] }], [{ Field: ['n'], Mean: [2], Max: [3] }]],
  ['reduce', { mode: 'reduceFields', reducers: ['sum'] }, [{ Time: [1, 2], n: [1, 3] }], [{ n: [4] }]],
  [
    'sortBy',
    { sort: [{ field: 'n', desc: true }] },
    [{ m: ['x', 'y', 'z'], n: [1, null, 3] }],
    [{ m: ['z', 'x', 'y'], n: [3, 1, null] }],
  ],
  ['filterFieldsByName', { include: { names: ['n'] } }, [{ m: ['x'], n: [1] }], [{ n: [1] }]],
  ['filterFieldsByName', { exclude: { pattern: '^m' } }, [{ m: ['x'], n: [1] }], [{ n: [1] }]],
  [
    'renameByRegex',
    { regex: 'Value #(.)', renamePattern: 'of $1' },
    [a],
    [{ Time: [1, 1], model: ['x', 'y'], 'of A': [10, 20] }],
  ],
  ['limit', { limitField: 1 }, [a], [{ Time: [1], model: ['x'], 'Value #A': [10] }]],
])('%s with %j', (id, options, frames, expected) => {
  const result = transform(
    frames.map((each) => frame(each)),
    [{ id, options: { ...options } }],
  );
  expect(result.frames.map(columns)).toEqual(expected);
});

test('series become rows of one table by their labels', () => {
  const series = (model: string, value: number): Frame => ({
    refId: 'A',
    fields: [
      { name: 'Time', type: 'time', labels: {}, values: [1] },
      { name: 'Value', type: 'number', labels: { model }, legend: model, values: [value] },
    ],
  });
  const { frames } = transform([series('x', 1), series('y', 2)], [{ id: 'labelsToFields', options: {} }]);
  expect(frames.map(columns)).toEqual([{ Time: [1, 1], model: ['x', 'y'], Value: [1, 2] }]);
});

test('an unknown transformation is left out and named', () => {
  expect(transform([frame(a)], [{ id: 'histogram', options: {} }])).toEqual({
    frames: [frame(a)],
    unknown: ['histogram'],
  });
});
