import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import type { Section } from './Section.js';

const PACKAGES = ['openai', 'prom-client'] as const;
const PEERS = ['@opentelemetry/instrumentation-openai', '@traceloop/instrumentation-openai'] as const;

/** One section as Markdown. */
export function sectionText({ title, intro, head, rows, notes }: Section): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const table = [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
  return `## ${title}\n\n${intro}\n\n${table}\n\n${notes.map((note) => `- ${note}`).join('\n')}\n`;
}

/** What stands above the sections: when, on what, of what versions. */
export function headerText(command: string): string {
  const versions = [
    `Promptmeter ${versionIn('package.json')}`,
    `Node.js ${process.version}`,
    ...PACKAGES.map((name) => `${name} ${versionIn(`node_modules/${name}/package.json`)}`),
    ...PEERS.map((name) => `${name} ${versionIn(`benchmarks/peers/node_modules/${name}/package.json`)}`),
  ].filter((text) => !text.endsWith(' none'));
  const processors = cpus();
  return [
    '# Performance',
    `Written by \`${command}\` on ${new Date().toISOString().slice(0, 10)}; not to be edited by hand.`,
    `${versions.join(', ')}. ${processors.length} processors (${processors[0]?.model.trim() ?? 'unknown'}). Absolute numbers are this machine's; what counts are ratios within one run.`,
  ].join('\n\n');
}

function versionIn(path: string): string {
  try {
    const content: unknown = JSON.parse(readFileSync(path, 'utf8'));
    const version: unknown =
      typeof content === 'object' && content !== null ? Reflect.get(content, 'version') : undefined;
    return typeof version === 'string' ? version : 'none';
  } catch {
    return 'none';
  }
}
