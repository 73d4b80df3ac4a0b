import { cpus } from 'node:os';
import type { Phase } from './Phase.js';

/** The phases as Markdown, below what they ran on. */
export function reportText(command: string, phases: readonly Phase[]): string {
  const processors = cpus();
  const machine = `Node.js ${process.version}, ${processors.length} processors (${processors[0]?.model.trim() ?? 'unknown'})`;
  const problems = phases.flatMap(({ problems: found }) => found);
  const verdict = problems.length === 0 ? 'Everything held.' : `${problems.length} promises did not hold.`;
  const head = `Written by \`${command}\` on ${new Date().toISOString().slice(0, 10)}. ${machine}. ${verdict}`;
  return [head, ...phases.map(phaseText)].join('\n\n');
}

/** One phase as Markdown. */
export function phaseText({ title, intro, head, rows, findings, problems }: Phase): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const table = [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
  const sentences = [...findings.map((text) => `- ${text}`), ...problems.map((text) => `- **Did not hold:** ${text}`)];
  return [`### ${title}`, intro, table, sentences.join('\n')].join('\n\n');
}
