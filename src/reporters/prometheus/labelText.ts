import type { Labels } from './series.js';

/** Labels as both text formats write them between braces; empty when there are none. */
export function labelText(labels: Labels): string {
  let text = '';
  for (const name in labels) text += `${text === '' ? '' : ','}${name}="${escapeLabelValue(labels[name] ?? '')}"`;
  // One flat string: what is put together like this stays a tree of its parts otherwise, several times its size.
  return Buffer.from(text).toString();
}

/** Escapes backslash, line feed and quote, the only characters that the formats can't take as they are. */
export function escapeLabelValue(value: string): string {
  return /["\\\n]/.test(value) ? value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"') : value;
}
