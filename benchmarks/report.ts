import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import type { Section } from './Section.js';

const PACKAGES = ['openai', 'prom-client'] as const;
const HEADER = `# Performance

Written by \`npm run bench -- --write\`; not to be edited by hand. Each section tells of its run. Absolute numbers are those of the machine; what counts are ratios within one run.`;
const PEERS = ['@opentelemetry/instrumentation-openai', '@traceloop/instrumentation-openai'] as const;

/** One section as Markdown. */
export function sectionText({ title, intro, head, rows, notes }: Section): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const table = [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
  return `## ${title}\n\n${intro}\n\n${table}\n\n${notes.map((note) => `- ${note}`).join('\n')}\n`;
}

/** How a section came about: by which command, when, on what, of what versions. */
export function originText(command: string): string {
  const versions = [
    `Promptmeter ${versionIn('package.json')}`,
    `Node.js ${process.version}`,
    ...PACKAGES.map((name) => `${name} ${versionIn(`node_modules/${name}/package.json`)}`),
    ...PEERS.map((name) => `${name} ${versionIn(`benchmarks/peers/node_modules/${name}/package.json`)}`),
  ].filter((text) => !text.endsWith(' none'));
  const processors = cpus();
  const machine = `${processors.length} processors (${processors[0]?.model.trim() ?? 'unknown'})`;
  return `\`${command}\` on ${new Date().toISOString().slice(0, 10)}: ${versions.join(', ')}; ${machine}.`;
}

/** A report with these sections in place of those of the same titles, and behind all others where it had none. */
export function renewed(report: string, sections: string, origin: string): string {
  const byTitle = new Map(sectionsIn(report));
  for (const [title, text] of sectionsIn(sections))
    byTitle.set(
      title,
      text.replace('\n', () => `\n\n${origin}\n`),
    );
  return [HEADER, ...byTitle.values()].join('\n\n') + '\n';
}

function sectionsIn(text: string): [title: string, text: string][] {
  return text
    .split(/^(?=## )/m)
    .filter((part) => part.startsWith('## '))
    .map((part) => [part.slice(0, part.indexOf('\n')), part.trimEnd()]);
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
