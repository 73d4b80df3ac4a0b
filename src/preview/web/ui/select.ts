import { h } from './h.js';

export interface Option {
  readonly value: string;
  readonly text: string;
}

/** A drop-down list with its label. A value that isn't among the options is added, so that it's visible. */
export function select(
  label: string,
  options: readonly Option[],
  value: string,
  choose: (value: string) => void,
): HTMLElement {
  const all = options.some((each) => each.value === value) ? options : [{ value, text: value }, ...options];
  const list = h(
    'select',
    { attributes: { 'aria-label': label } },
    ...all.map((each) => h('option', { attributes: { value: each.value } }, each.text)),
  );
  list.value = value;
  list.addEventListener('change', () => {
    choose(list.value);
  });
  return h('label', 'control', label === '' ? undefined : h('span', 'control-label', label), list);
}
