import type { FieldOptions } from '../field/FieldOptions.js';
import type { StyledField } from '../field/styleFields.js';
import type { Cell } from '../frames/Frame.js';
import { classicColor, cssColor, namedColor, type Theme } from './palette.js';

/** The colour of the step that a value has reached. */
export function thresholdColor(value: Cell, options: FieldOptions, theme: Theme): string {
  const { mode, steps } = options.thresholds;
  const [first] = steps;
  if (typeof value !== 'number') return cssColor('gray', theme);
  const { min = 0, max = 100 } = options;
  const at = mode === 'percentage' ? ((value - min) / (max - min)) * 100 : value;
  const reached = steps.findLast(({ from }) => at >= from) ?? first;
  return cssColor(reached?.color ?? 'green', theme);
}

/** The colour of one value, as tiles, bars and table cells show it. */
export function valueColor(
  value: Cell,
  field: Pick<StyledField, 'options' | 'index' | 'namePlace'>,
  theme: Theme,
): string {
  const mapped = field.options.mappings.find((mapping) => mapping.matches(value))?.color;
  if (mapped !== undefined) return cssColor(mapped, theme);
  const { mode, fixed } = field.options.color;
  if (mode === 'fixed' || mode === 'shades') return cssColor(fixed, theme);
  if (mode === 'palette-classic-by-name') return namedColor(field.namePlace, theme);
  if (mode === 'palette-classic') return classicColor(field.index, theme);
  return thresholdColor(value, field.options, theme);
}

/** The colour of a series as a whole. By thresholds, that is the colour of its last value. */
export function seriesColor(field: StyledField, theme: Theme): string {
  const { mode, fixed } = field.options.color;
  if (mode === 'fixed' || mode === 'shades') return cssColor(fixed, theme);
  if (mode === 'thresholds')
    return thresholdColor(field.values.findLast((value) => value !== null) ?? null, field.options, theme);
  return mode === 'palette-classic-by-name' ? namedColor(field.namePlace, theme) : classicColor(field.index, theme);
}
