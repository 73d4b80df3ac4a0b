import type { StyledField } from '../field/styleFields.js';
import { objectOf } from '../json.js';

/** The field config keeps it out of the drawing. */
export function isHiddenField({ options }: StyledField): boolean {
  return objectOf(options.custom['hideFrom'])['viz'] === true || options.custom['hidden'] === true;
}
