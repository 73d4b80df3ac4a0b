import type { StyledField, StyledFrame } from '../field/styleFields.js';
import { formatValue } from '../format/formatValue.js';
import type { Cell } from '../frames/Frame.js';
import { fixed, type Scope } from '../query/VariableValue.js';

/** What a data link can name of the value that it belongs to, as `${__value.raw}` or `${__data.fields.model}`. */
export function cellScope(scope: Scope, frame: StyledFrame, field: StyledField, row: number, value: Cell): Scope {
  const entries: [string, string][] = [
    ['__value.raw', String(value ?? '')],
    ['__value.text', formatValue(value, field.options)],
    ['__field.name', field.title],
    ['__series.name', field.title],
    ...Object.entries(field.labels).map(([name, label]): [string, string] => [`__field.labels.${name}`, label]),
    ...frame.fields.flatMap((each, index): [string, string][] => {
      const text = String(each.values[row] ?? '');
      return [
        [`__data.fields.${each.title}`, text],
        [`__data.fields.${each.name}`, text],
        [`__data.fields[${index}]`, text],
      ];
    }),
  ];
  return { ...scope, ...Object.fromEntries(entries.map(([name, text]) => [name, fixed(text)])) };
}
