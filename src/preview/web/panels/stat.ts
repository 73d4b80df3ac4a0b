import type { StyledField } from '../field/styleFields.js';
import { valueColor } from '../format/colors.js';
import { formatParts } from '../format/formatValue.js';
import { faded, SURFACE } from '../format/palette.js';
import { textOf } from '../json.js';
import { h } from '../ui/h.js';
import { reducedValues, type ReducedValue } from './reducedValues.js';
import type { PanelInput, PanelRenderer } from './PanelInput.js';
import { sparkline } from './sparkline.js';

/** Big numbers, each with its course over time behind it. */
export const stat: PanelRenderer = (host, input) => {
  const { options } = input.panel;
  const values = reducedValues(input);
  const isRow = columnsFit(host, values.length, textOf(options['orientation'], 'auto'));
  const tiles = h('div', { class: 'tiles', style: { '--tiles': String(isRow ? values.length : 1) } });
  host.append(tiles);
  const redraws = values.map((value) => tile(tiles, value, values.length, input));
  // Only now do the tiles have the sizes that texts and lines are fitted to.
  for (const draw of redraws) draw();
  return () => undefined;
};

function columnsFit({ clientWidth, clientHeight }: HTMLElement, count: number, orientation: string): boolean {
  return orientation === 'auto' ? clientWidth / count >= clientHeight / count : orientation !== 'horizontal';
}

function tile(tiles: HTMLElement, reduced: ReducedValue, count: number, input: PanelInput): () => void {
  const { value, field, title, scope } = reduced;
  const { options } = input.panel;
  const color = valueColor(value, field, input.theme);
  const colorMode = textOf(options['colorMode'], 'value');
  const isBackground = colorMode.startsWith('background');
  const textMode = textOf(options['textMode'], 'auto');
  const showsName = textMode.includes('name') || (textMode === 'auto' && count > 1);
  const { prefix, text, suffix } = formatParts(value, field.options);
  const [link] = field.options.links;
  const address = link && input.address(link, scope);

  const number = h(
    'div',
    { class: 'stat-value', style: colorMode === 'value' ? { color } : {} },
    prefix === '' ? undefined : h('span', 'stat-unit', prefix),
    h('span', {}, text),
    suffix === '' ? undefined : h('span', 'stat-unit', suffix),
  );
  const canvas = h('canvas', 'sparkline');
  const content = [
    canvas,
    h(
      'div',
      'stat-text',
      showsName ? h('div', 'stat-name', title) : undefined,
      textMode === 'name' || textMode === 'none' ? undefined : number,
    ),
  ];
  const hasGraph = textOf(options['graphMode']) === 'area';
  const names = hasGraph ? 'tile tile-graph' : 'tile';
  const style: Record<string, string> = isBackground ? { background: color, color: '#fff' } : {};
  const element =
    address === undefined
      ? h('div', { class: names, style }, ...content)
      : h('a', { class: names, style, attributes: { href: address, title: link?.title ?? '' } }, ...content);
  tiles.append(element);

  return () => {
    const length = Math.max(`${prefix}${text}${suffix}`.length, 3);
    const { clientWidth, clientHeight } = element;
    const size = Math.min(
      (clientWidth - 24) / (length * 0.58),
      clientHeight * (hasGraph ? 0.62 : 0.9) * (showsName ? 0.5 : 0.66),
      56,
    );
    number.style.setProperty('font-size', `${Math.max(14, Math.round(size))}px`);
    if (hasGraph) {
      sparkline(canvas, course(field), isBackground ? '#ffffff' : lineColor(color, input));
    }
  };
}

function lineColor(color: string, { theme }: PanelInput): string {
  return color === SURFACE[theme].text ? faded('#808080', 0.8) : color;
}

function course({ values }: StyledField): readonly (number | null)[] {
  return values.map((value) => (typeof value === 'number' ? value : null));
}
