import type { FieldOptions } from '../field/FieldOptions.js';
import { thresholdColor, valueColor } from '../format/colors.js';
import { formatValue } from '../format/formatValue.js';
import { faded, type Theme } from '../format/palette.js';
import { textOf } from '../json.js';
import { h } from '../ui/h.js';
import type { PanelInput, PanelRenderer } from './PanelInput.js';
import { reducedValues, type ReducedValue } from './reducedValues.js';

const LCD_CELLS = 40;

/** One bar a series, from the least to the greatest value of the field. */
export const bargauge: PanelRenderer = (host, input) => {
  const values = reducedValues(input);
  const numbers = values.map(({ value }) => value).filter((value) => typeof value === 'number');
  const greatest = Math.max(...numbers, 0);
  const isVertical = textOf(input.panel.options['orientation'], 'horizontal') === 'vertical';
  const rows = values.map((value) => bar(value, greatest, isVertical, input));
  host.append(h('div', isVertical ? 'bars bars-vertical' : 'bars', ...rows));
  return () => undefined;
};

function bar(reduced: ReducedValue, greatest: number, isVertical: boolean, input: PanelInput): HTMLElement {
  const { value, field, title, scope } = reduced;
  const { min = 0, max } = field.options;
  const most = max ?? (greatest > min ? greatest : min + 1);
  const share = typeof value === 'number' ? Math.min(1, Math.max(0, (value - min) / (most - min))) : 0;
  const color = valueColor(value, field, input.theme);
  const mode = textOf(input.panel.options['displayMode'], 'gradient');
  const [link] = field.options.links;
  const address = link && input.address(link, scope);

  const track = h(
    'div',
    {
      class: input.panel.options['showUnfilled'] === false ? 'bar-track' : 'bar-track bar-unfilled',
      attributes: { role: 'meter', 'aria-label': title, 'aria-valuenow': String(value ?? '') },
    },
    ...(mode === 'lcd'
      ? lcd(share, { ...field.options, min, max: most }, isVertical, input.theme)
      : [fill(share, color, mode, isVertical)]),
  );
  const name = address === undefined ? h('span', {}, title) : h('a', { attributes: { href: address } }, title);
  return h(
    'div',
    { class: 'bar', attributes: { title } },
    h('div', 'bar-name', name),
    track,
    h('div', { class: 'bar-value', style: { color } }, formatValue(value, field.options)),
  );
}

function fill(share: number, color: string, mode: string, isVertical: boolean): HTMLElement {
  const background =
    mode === 'gradient'
      ? `linear-gradient(${isVertical ? '0deg' : '90deg'}, ${faded(color, 0.25)}, ${color})`
      : faded(color, 0.7);
  const edge = isVertical ? 'border-top' : 'border-right';
  return h('div', {
    class: 'bar-fill',
    style: { [isVertical ? 'height' : 'width']: `${share * 100}%`, background, [edge]: `2px solid ${color}` },
  });
}

function lcd(
  share: number,
  options: FieldOptions & { readonly min: number; readonly max: number },
  isVertical: boolean,
  theme: Theme,
): readonly HTMLElement[] {
  const count = isVertical ? LCD_CELLS / 2 : LCD_CELLS;
  return Array.from({ length: count }, (_, index) => {
    const at = options.min + (index / count) * (options.max - options.min);
    const color = thresholdColor(at, options, theme);
    return h('div', { class: 'bar-cell', style: { background: faded(color, index / count < share ? 0.9 : 0.15) } });
  });
}
