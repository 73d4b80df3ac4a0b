import type { Vector } from '../../promql/vector.js';

/** The sum of vectors that may have series of the same labels, which `or` alone would take for one. */
export function summed(texts: readonly string[], by: readonly string[]): Vector<string> {
  const sum = by.length === 0 ? 'sum' : `sum by (${by.join(', ')})`;
  const [first = '', ...others] = texts;
  if (others.length === 0) return { text: `${sum} (${first})`, labels: by };
  const lines = others.map((text, index) => `  or label_replace(${text}, "promptmeter_piece", "${index + 1}", "", "")`);
  return { text: `${sum} (\n  ${[first, ...lines].join('\n')}\n)`, labels: by };
}
