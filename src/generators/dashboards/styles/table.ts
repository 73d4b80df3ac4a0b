import { TableCellDisplayMode, TableSortByFieldStateBuilder } from '@grafana/grafana-foundation-sdk/common';
import type { DynamicConfigValue, Threshold as Step, ValueMapping } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/table';
import type { Vector } from '../../promql/vector.js';
import type { DataLink } from '../links.js';
import { DATA_SOURCE, instantQueries, NO_TRAFFIC, refId } from './query.js';
import { absolute } from './thresholds.js';

export interface Column<L extends string> {
  readonly title: string;
  readonly vector: Vector<L>;
  readonly unit: string;
  readonly decimals: number;
  readonly steps?: readonly Step[];
  /** Texts in place of numbers. */
  readonly mappings?: readonly ValueMapping[];
  /** Where a click on the value leads. */
  readonly link?: DataLink;
}

export interface TableOptions<L extends string> {
  readonly title: string;
  readonly description: string;
  /** Labels that make a row, with the title of their column. */
  readonly rows: Readonly<Record<L, string>>;
  readonly columns: readonly Column<L>[];
  /** Title of the column that the greatest values of which come first. */
  readonly sortBy: string;
  /** Where a click on a row label leads. */
  readonly link?: DataLink;
  /** What to say when there is no row. */
  readonly noValue?: string;
}

/** One row per combination of labels, one query per column. */
export function table<L extends string>(options: TableOptions<L>): PanelBuilder {
  const { title, description, rows, columns, sortBy, link, noValue = NO_TRAFFIC } = options;
  // Grafana tells the values of several queries apart by their letters, and leaves that of a single one without.
  const valueName = (index: number) => (columns.length === 1 ? 'Value' : `Value #${refId(index)}`);
  const values = columns.map((column, index): [string, string] => [valueName(index), column.title]);
  const panel = new PanelBuilder()
    .title(title)
    .description(description)
    .datasource(DATA_SOURCE)
    .targets(instantQueries(columns.map(({ vector }) => vector)))
    .noValue(noValue)
    .transformations([
      { id: 'merge', options: {} },
      {
        id: 'organize',
        options: {
          excludeByName: { Time: true },
          indexByName: Object.fromEntries(
            [...Object.keys(rows), ...values.map(([name]) => name)].map((name, at) => [name, at]),
          ),
          renameByName: { ...rows, ...Object.fromEntries(values) },
        },
      },
    ])
    .sortBy([new TableSortByFieldStateBuilder().displayName(sortBy).desc(true)]);
  for (const column of columns) panel.overrideByName(column.title, looks(column));
  if (link !== undefined) {
    for (const name of Object.values<string>(rows)) panel.overrideByName(name, [{ id: 'links', value: [link] }]);
  }
  return panel;
}

function looks({ unit, decimals, steps, mappings, link }: Column<string>): DynamicConfigValue[] {
  return [
    { id: 'unit', value: unit },
    { id: 'decimals', value: decimals },
    ...(mappings === undefined ? [] : [{ id: 'mappings', value: mappings }]),
    ...(link === undefined ? [] : [{ id: 'links', value: [link] }]),
    ...(steps === undefined
      ? []
      : [
          { id: 'custom.cellOptions', value: { type: TableCellDisplayMode.ColorText } },
          { id: 'thresholds', value: absolute(steps).build() },
        ]),
  ];
}
