/** The longest label value, in characters. */
export const MAX_LABEL_LENGTH = 100;

/** Looked at of a value before it is cut, so that 10 MB cost no more than this. */
const LOOKED_AT = 4 * MAX_LABEL_LENGTH;

/** Control and invisible characters and line breaks: they forge log lines and look alike without being equal. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** What nearly all values are: printable ASCII without a space at either end. */
const PLAIN = /^[!-~](?:[ -~]*[!-~])?$/;

/**
 * A label value without control characters, trimmed, of at most 100 characters, well-formed Unicode. Callers without
 * types may hand over anything: numbers and truth values become text, everything else the empty string.
 */
export function tidyLabel(value: unknown): string {
  if (typeof value === 'string' && value.length <= MAX_LABEL_LENGTH && PLAIN.test(value)) return value;
  const visible = textOf(value).slice(0, LOOKED_AT).replace(INVISIBLE, '').trim();
  return copyOf(visible.slice(0, MAX_LABEL_LENGTH));
}

/** The text through UTF-8 and back: half a surrogate pair is replaced, and a short text keeps no long one in memory. */
export function copyOf(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}
