import type { StyledField } from '../field/styleFields.js';
import { textOf } from '../json.js';

/** Numbers stand at the right, unless the field config says otherwise. */
export function alignment({ type, options }: StyledField): string {
  const align = textOf(options.custom['align'], 'auto');
  if (align === 'auto') return type === 'number' ? 'number' : '';
  return align === 'right' ? 'number' : align;
}
