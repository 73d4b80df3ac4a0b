import { BANNER } from '../GeneratedFile.js';

/** First line of a generated page; Markdown does not show it. */
export const MARKDOWN_BANNER = `<!-- ${BANNER} -->\n`;

/** A table, its cells made safe against the bars that separate them. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`;
  return [head, head.map(() => '---'), ...rows].map(line).join('');
}

export function code(text: string): string {
  return `\`${text}\``;
}
