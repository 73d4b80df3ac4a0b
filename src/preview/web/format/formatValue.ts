import type { Cell } from '../frames/Frame.js';
import type { FieldOptions } from '../field/FieldOptions.js';
import { formatterOf, type Formatted } from './units.js';

/** A value as the panel shows it: mapped, or with its unit. What is missing shows the field's own text for that. */
export function formatParts(value: Cell, { mappings, noValue, unit, decimals }: FieldOptions): Formatted {
  const mapped = mappings.find((mapping) => mapping.matches(value))?.text;
  if (mapped !== undefined) return { prefix: '', text: mapped, suffix: '' };
  if (value === null) return { prefix: '', text: noValue === '' ? '–' : noValue, suffix: '' };
  return typeof value === 'number' ? formatterOf(unit)(value, decimals) : { prefix: '', text: value, suffix: '' };
}

export function formatValue(value: Cell, options: FieldOptions): string {
  const { prefix, text, suffix } = formatParts(value, options);
  return `${prefix}${text}${suffix}`;
}

/**
 * The labels of an axis: with as few decimals as tell them apart, since `1.00 s, 1.20 s` reads worse than `1 s, 1.2 s`.
 */
export function formatTicks(ticks: readonly number[], { unit, decimals }: FieldOptions): readonly string[] {
  const format = formatterOf(unit);
  const written = (digits: number | undefined): readonly string[] =>
    ticks.map((tick) => {
      const { prefix, text, suffix } = format(tick, digits);
      return `${prefix}${text}${suffix}`;
    });
  for (let digits = 0; digits <= 6; digits += 1) {
    const texts = written(digits);
    if (new Set(texts).size === ticks.length && ticks.every((tick) => exact(tick, digits, format))) return texts;
  }
  return written(decimals);
}

/** No digit is lost by writing the tick so. */
function exact(tick: number, digits: number, format: ReturnType<typeof formatterOf>): boolean {
  return (
    Number(format(tick, digits).text) === Number(format(tick, 8).text) || Number.isNaN(Number(format(tick, 8).text))
  );
}
