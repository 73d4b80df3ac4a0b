import type { StyledField } from '../field/styleFields.js';
import { reduce } from '../frames/reduce.js';
import type { Cell } from '../frames/Frame.js';
import { objectOf, textOf, textsOf } from '../json.js';
import { patternOf } from '../query/variableQuery.js';
import type { Scope } from '../query/VariableValue.js';
import { cellScope } from './cellScope.js';
import { isHiddenField } from './isHiddenField.js';
import type { PanelInput } from './PanelInput.js';

/** One value to be shown as a tile or a bar. */
export interface ReducedValue {
  readonly value: Cell;
  readonly field: StyledField;
  readonly title: string;
  /** What links of this value can name. */
  readonly scope: Scope;
}

const MOST_VALUES = 25;

/** The panel's series, each reduced to one value; or, where the panel wants all values, one a row. */
export function reducedValues({ panel, frames, scope }: PanelInput): readonly ReducedValue[] {
  const options = objectOf(panel.options['reduceOptions']);
  const [calculation = 'lastNotNull'] = textsOf(options['calcs']);
  const pattern = patternOf(textOf(options['fields']));
  const found = frames.flatMap((frame) => {
    const fields = frame.fields.filter(
      (field) =>
        !isHiddenField(field) &&
        (pattern === undefined ? field.type === 'number' : field.type !== 'time' && pattern.test(field.title)),
    );
    if (options['values'] !== true) {
      return fields.map((field) => {
        const value = reduce(field.values, calculation);
        return {
          value,
          field,
          title: field.title,
          scope: cellScope(scope, frame, field, field.values.length - 1, value),
        };
      });
    }
    const names = frame.fields.filter(({ type }) => type === 'string');
    return fields.flatMap((field) =>
      field.values.map((value, row) => ({
        value,
        field,
        title: [...names.map((each) => each.values[row] ?? ''), ...(fields.length > 1 ? [field.title] : [])].join(' '),
        scope: cellScope(scope, frame, field, row, value),
      })),
    );
  });
  return found.slice(0, MOST_VALUES);
}
