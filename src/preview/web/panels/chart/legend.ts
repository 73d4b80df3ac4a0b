import type { StyledField } from '../../field/styleFields.js';
import { seriesColor } from '../../format/colors.js';
import { formatValue } from '../../format/formatValue.js';
import { CALCULATIONS, isCalculation, reduce } from '../../frames/reduce.js';
import { objectOf, textOf, textsOf, type Json } from '../../json.js';
import { h } from '../../ui/h.js';
import type { PanelInput } from '../PanelInput.js';

/** The names and colours of the series, with the calculations that the panel asks for; undefined when it wants none. */
export function legend(fields: readonly StyledField[], input: PanelInput): HTMLElement | undefined {
  const options = objectOf(input.panel.options['legend']);
  const mode = textOf(options['displayMode'], 'list');
  if (options['showLegend'] === false || mode === 'hidden' || fields.length === 0) return undefined;
  const calculations = textsOf(options['calcs']).filter(isCalculation);
  const sorted = inOrder(fields, options);
  return mode === 'table' ? asTable(sorted, calculations, input) : asList(sorted, calculations, input);
}

/** Sorted by the calculation that the panel names, as Grafana titles it: `Last *` leaves gaps out. */
function inOrder(fields: readonly StyledField[], options: Json): readonly StyledField[] {
  const wanted = textOf(options['sortBy']).replace(/ \*$/, '');
  const found = Object.entries(CALCULATIONS).find(([, { title }]) => title === wanted);
  if (found === undefined) return fields;
  const direction = options['sortDesc'] === true ? -1 : 1;
  const value = ({ values }: StyledField): number => Number(reduce(values, found[0]) ?? -Infinity);
  return [...fields].sort((a, b) => (value(a) - value(b) || 0) * direction);
}

type Calculations = readonly (keyof typeof CALCULATIONS)[];

function asList(fields: readonly StyledField[], calculations: Calculations, input: PanelInput): HTMLElement {
  const items = fields.map((field) => {
    const values = calculations.map(
      (id) => `${CALCULATIONS[id].title}: ${formatValue(reduce(field.values, id), field.options)}`,
    );
    return h(
      'div',
      'legend-item',
      name(field, input),
      values.length === 0 ? undefined : h('span', 'muted', values.join('  ')),
    );
  });
  return h('div', 'legend', ...items);
}

function asTable(fields: readonly StyledField[], calculations: Calculations, input: PanelInput): HTMLElement {
  const head = h('tr', {}, h('th', {}, 'Name'), ...calculations.map((id) => h('th', 'number', CALCULATIONS[id].title)));
  const rows = fields.map((field) =>
    h(
      'tr',
      {},
      h('td', {}, name(field, input)),
      ...calculations.map((id) => h('td', 'number', formatValue(reduce(field.values, id), field.options))),
    ),
  );
  return h('div', 'legend legend-table', h('table', {}, h('thead', {}, head), h('tbody', {}, ...rows)));
}

/** Shows only this series when it is clicked, and all again when it is clicked once more. */
function name(field: StyledField, { theme, memory, redraw }: PanelInput): HTMLElement {
  const isHidden = memory.isolated !== undefined && memory.isolated !== field.title;
  const toggle = (): void => {
    memory.isolated = memory.isolated === field.title ? undefined : field.title;
    redraw();
  };
  return h(
    'button',
    {
      class: isHidden ? 'legend-name legend-off' : 'legend-name',
      attributes: { type: 'button', title: field.title },
      on: { click: toggle },
    },
    h('span', { class: 'swatch', style: { background: seriesColor(field, theme) } }),
    h('span', {}, field.title),
  );
}
