import { styleFields } from '../../../src/preview/web/field/styleFields.js';
import { align, stackBands } from '../../../src/preview/web/panels/chart/align.js';
import { chartSeries } from '../../../src/preview/web/panels/chart/ChartSeries.js';

type Points = readonly (readonly [number, number | null])[];

const series = (custom: object, ...points: readonly Points[]) =>
  chartSeries(
    styleFields(
      points.map((own) => ({
        refId: 'A',
        fields: [
          { name: 'Time', type: 'time', labels: {}, values: own.map(([at]) => at) },
          { name: 'Value', type: 'number', labels: {}, values: own.map(([, value]) => value) },
        ],
      })),
      { defaults: { custom }, overrides: [] },
      {},
    ),
  );

test('series of different times share one axis', () => {
  const data = align(
    series(
      {},
      [
        [0, 1],
        [1000, 2],
      ],
      [
        [1000, 5],
        [2000, 6],
      ],
    ),
    1000,
  );
  expect(data.times).toEqual([0, 1, 2]);
  expect(data.drawn).toEqual([
    [1, 2, null],
    [null, 5, 6],
  ]);
});

test('a hole in a series is a gap and not a line across it', () => {
  const data = align(
    series({}, [
      [0, 1],
      [5000, 2],
    ]),
    1000,
  );
  expect([data.times, data.drawn[0]]).toEqual([
    [0, 1, 5],
    [1, null, 2],
  ]);
});

test('stacked series are drawn as sums and told as they are', () => {
  const data = align(
    series(
      { stacking: { mode: 'normal' } },
      [
        [0, 1],
        [1000, 2],
      ],
      [
        [0, 5],
        [1000, null],
      ],
    ),
    1000,
  );
  expect(data.drawn).toEqual([
    [1, 2],
    [6, null],
  ]);
  expect(data.values).toEqual([
    [1, 2],
    [5, null],
  ]);
});

test('in percent, a stack adds up to one, and nothing is no share', () => {
  const data = align(
    series(
      { stacking: { mode: 'percent' } },
      [
        [0, 1],
        [1000, 0],
      ],
      [
        [0, 3],
        [1000, 0],
      ],
    ),
    1000,
  );
  expect(data.drawn).toEqual([
    [0.25, 0],
    [1, 0],
  ]);
});

test('areas are filled down to the series below in the same stack', () => {
  expect(stackBands(series({ stacking: { mode: 'normal' } }, [], [], []))).toEqual([
    [1, 0],
    [2, 1],
  ]);
  expect(stackBands(series({}, [], []))).toEqual([]);
});
