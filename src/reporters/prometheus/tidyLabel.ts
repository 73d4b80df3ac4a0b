/** The longest label value, in characters. */
export const MAX_LABEL_LENGTH = 100;

/** Looked at of a value before it is cut, so that 10 MB cost no more than this. */
const LOOKED_AT = 4 * MAX_LABEL_LENGTH;

/** Control and invisible characters and line breaks: they forge log lines and look alike without being equal. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A label value without control characters, trimmed, of at most 100 characters, well-formed Unicode. */
export function tidyLabel(value: string): string {
  const visible = value.slice(0, LOOKED_AT).replace(INVISIBLE, '').trim();
  // Through UTF-8 and back: half a surrogate pair is replaced, and a short text keeps no long one in memory.
  return Buffer.from(visible.slice(0, MAX_LABEL_LENGTH), 'utf8').toString('utf8');
}
