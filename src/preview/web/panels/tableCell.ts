import type { StyledField, StyledFrame } from '../field/styleFields.js';
import { valueColor } from '../format/colors.js';
import { dateTime } from '../format/dates.js';
import { formatValue } from '../format/formatValue.js';
import { faded } from '../format/palette.js';
import type { Cell } from '../frames/Frame.js';
import { objectOf, textOf } from '../json.js';
import { h, type Properties } from '../ui/h.js';
import { alignment } from './alignment.js';
import { cellScope } from './cellScope.js';
import type { PanelInput } from './PanelInput.js';

/** One value of a table, coloured or with a bar where the field asks for it. */
export function tableCell(frame: StyledFrame, field: StyledField, row: number, input: PanelInput): HTMLElement {
  const value = field.values[row] ?? null;
  const text = field.type === 'time' && typeof value === 'number' ? dateTime(value) : formatValue(value, field.options);
  const { custom, links } = field.options;
  const style = textOf(objectOf(custom['cellOptions'])['type'], textOf(custom['displayMode'], 'auto'));
  const [link] = links;
  const address = link && input.address(link, cellScope(input.scope, frame, field, row, value));
  const content =
    address === undefined
      ? h('span', {}, text)
      : h('a', { attributes: { href: address, title: link?.title ?? '' } }, text);
  const color = valueColor(value, field, input.theme);
  const isBar = style.includes('gauge') && typeof value === 'number';
  return h('td', look(style, color, alignment(field)), isBar ? gauge(value, field, color) : undefined, content);
}

function look(style: string, color: string, align: string): Properties {
  if (style === 'color-text') return { class: `${align} colored`, style: { color } };
  if (style.startsWith('color-background'))
    return { class: `${align} filled`, style: { background: faded(color, 0.85) } };
  return { class: align };
}

function gauge(value: number, { options, values }: StyledField, color: string): HTMLElement {
  const { min = 0, max = greatest(values) } = options;
  const share = Math.min(1, Math.max(0, (value - min) / (max - min || 1)));
  return h(
    'span',
    'cell-gauge',
    h('span', { class: 'cell-gauge-fill', style: { width: `${share * 100}%`, background: color } }),
  );
}

function greatest(values: readonly Cell[]): number {
  return values.reduce<number>((most, value) => (typeof value === 'number' ? Math.max(most, value) : most), 0);
}
