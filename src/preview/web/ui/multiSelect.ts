import { h } from './h.js';

export interface MultiSelectOptions {
  readonly label: string;
  /** What is chosen, as one line. */
  readonly text: string;
  readonly options: readonly string[];
  readonly chosen: readonly string[];
  readonly isAll: boolean;
  readonly includeAll: boolean;
  /** Called when the list is closed with another choice; an empty choice means all. */
  readonly choose: (values: readonly string[]) => void;
}

/** A list from which several can be chosen. It takes effect when it closes, so that each choice isn't a query. */
export function multiSelect({
  label,
  text,
  options,
  chosen,
  isAll,
  includeAll,
  choose,
}: MultiSelectOptions): HTMLElement {
  const values = [...new Set([...(isAll ? [] : chosen), ...options])];
  const boxes = values.map((value) => box(value === '' ? '(empty)' : value, value, !isAll && chosen.includes(value)));
  const all = box('All', '', isAll);
  const inputs = boxes.map(({ input }) => input);
  all.input.addEventListener('change', () => {
    for (const input of inputs) input.checked = false;
    all.input.checked = true;
  });
  for (const input of inputs) {
    input.addEventListener('change', () => {
      all.input.checked = !inputs.some(({ checked }) => checked);
    });
  }
  const list = h(
    'details',
    'picker',
    h('summary', { attributes: { title: text } }, text),
    h('div', 'picker-list', includeAll ? all.label : undefined, ...boxes.map((each) => each.label)),
  );
  const before = inputs.map(({ checked }) => checked);
  list.addEventListener('toggle', () => {
    if (list.open || inputs.every(({ checked }, index) => checked === before[index])) return;
    choose(inputs.filter(({ checked }) => checked).map(({ value }) => value));
  });
  return h('div', 'control', h('span', 'control-label', label), list);
}

function box(text: string, value: string, checked: boolean): { input: HTMLInputElement; label: HTMLElement } {
  const input = h('input', { attributes: { type: 'checkbox', value } });
  input.checked = checked;
  return { input, label: h('label', 'picker-option', input, h('span', {}, text)) };
}

/** Closes every open list when the pointer goes elsewhere. */
export function closePickersOutside(): void {
  document.addEventListener('pointerdown', ({ target }) => {
    for (const list of document.querySelectorAll<HTMLDetailsElement>('details.picker[open]')) {
      if (target instanceof Node && !list.contains(target)) list.open = false;
    }
  });
}
