import type { FieldOptions } from '../../field/FieldOptions.js';
import { defaultOptions } from '../../field/styleFields.js';
import { formatValue } from '../../format/formatValue.js';
import { bound } from '../../frames/framesOf.js';
import { numberOf, objectOf, textOf } from '../../json.js';
import type { PanelInput } from '../PanelInput.js';

export interface HeatmapCell {
  readonly row: number;
  /** Milliseconds. */
  readonly from: number;
  readonly to: number;
  readonly value: number;
}

export interface Heatmap {
  /** The upper bound of each row, from the lowest up, as text. */
  readonly rows: readonly string[];
  readonly cells: readonly HeatmapCell[];
  /** How counts are written. */
  readonly valueOptions: FieldOptions;
  /** Counts up to this one are left blank. */
  readonly leastShown: number;
}

/** The buckets of a histogram as rows, and its counts as cells, each as long as the step before its time. */
export function heatmapCells({ panel, frames, stepMs }: PanelInput): Heatmap {
  const { options } = panel;
  const defaults = defaultOptions(panel.fieldConfig);
  const axis = objectOf(options['yAxis']);
  const boundOptions: FieldOptions = {
    ...defaults,
    unit: textOf(axis['unit'], defaults.unit),
    decimals: numberOf(axis['decimals']),
  };
  const cellValues = objectOf(options['cellValues']);
  const buckets = frames.flatMap(({ fields }) => {
    const times = fields.find(({ type }) => type === 'time')?.values ?? [];
    return fields.filter(({ type }) => type === 'number').map((field) => ({ times, field }));
  });
  return {
    rows: buckets.map(({ field }) => {
      const upper = bound(field.labels);
      if (field.labels['le'] === undefined) return field.title;
      return upper === Infinity ? '+Inf' : formatValue(upper, boundOptions);
    }),
    cells: buckets.flatMap(({ times, field }, row) =>
      field.values.flatMap((value, index) => {
        const to = times[index];
        return typeof value === 'number' && typeof to === 'number' ? [{ row, from: to - stepMs, to, value }] : [];
      }),
    ),
    valueOptions: {
      ...defaults,
      unit: textOf(cellValues['unit'], 'short'),
      decimals: numberOf(cellValues['decimals']),
    },
    leastShown: numberOf(objectOf(options['filterValues'])['le']) ?? 1e-9,
  };
}
