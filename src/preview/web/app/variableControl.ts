import { ALL } from '../dashboard/readVariable.js';
import type { ResolvedVariable } from '../query/resolveVariables.js';
import { h } from '../ui/h.js';
import { multiSelect } from '../ui/multiSelect.js';
import { select } from '../ui/select.js';

/** The control of one variable, or undefined for one that viewers don't choose. */
export function variableControl(
  { variable, options, value, problem }: ResolvedVariable,
  choose: (values: readonly string[]) => void,
): HTMLElement | undefined {
  if (variable.hidden) return undefined;
  const { label } = variable;
  const control = controlOf();
  if (problem !== undefined) {
    control.classList.add('control-problem');
    control.title = problem;
  }
  return control;

  function controlOf(): HTMLElement {
    if (variable.type === 'textbox') return textBox(label, value.text, (text) => choose([text]));
    if (variable.multi) {
      const { text, values: chosen, isAll } = value;
      return multiSelect({
        label,
        text,
        options,
        chosen,
        isAll,
        includeAll: variable.includeAll,
        choose: (values) => choose(values.length === 0 && variable.includeAll ? [ALL] : values),
      });
    }
    const all = variable.includeAll ? [{ value: ALL, text: 'All' }] : [];
    const chosen = value.isAll ? ALL : (value.values[0] ?? '');
    return select(label, [...all, ...options.map((each) => ({ value: each, text: each }))], chosen, (each) =>
      choose([each]),
    );
  }
}

function textBox(label: string, value: string, choose: (text: string) => void): HTMLElement {
  const input = h('input', { attributes: { type: 'text', value, 'aria-label': label } });
  input.addEventListener('change', () => {
    choose(input.value);
  });
  return h('label', 'control', h('span', 'control-label', label), input);
}
