import { InvalidArgumentError, type Command } from 'commander';
import { addExamples } from '../examples.js';
import type { AnnotateOptions } from '../grafana/annotate.js';
import type { Io } from '../io.js';
import { durationOption } from '../simulate/optionValues.js';

export function registerAnnotate(program: Command, io: Io): void {
  const command = program
    .command('annotate')
    .description('Mark a moment, such as a deployment, on every graph in Grafana. GRAFANA_TOKEN is the token for it.')
    .argument('<text>', 'what happened', text)
    .option('--grafana-url <url>', 'where Grafana answers (default: GRAFANA_URL, else links.grafana)')
    .option('--tag <tag>', 'a further tag; may be given again', collect, [])
    .option('--time <moment>', 'when it happened, such as 2026-11-01T12:00:00Z (default: now)', moment)
    .addOption(durationOption('--timeout <duration>', 'how long each answer may take', '10s'))
    .option('--json', 'print JSON')
    .action(async (what: string, options: AnnotateOptions) => {
      const { annotate } = await import('../grafana/annotate.js');
      await annotate(what, options, io);
    });
  addExamples(command, [
    'promptmeter annotate "deploy 1.4"',
    'promptmeter annotate "new prompt" --tag web --time 2026-11-01T12:00:00Z',
  ]);
}

function text(given: string): string {
  if (given.trim() !== '') return given;
  throw new InvalidArgumentError('Say what happened, such as "deploy 1.4".');
}

function collect(tag: string, before: readonly string[]): readonly string[] {
  return [...before, tag];
}

function moment(given: string): Date {
  const date = new Date(given);
  if (/^\d{4}-\d{2}-\d{2}T/.test(given) && !Number.isNaN(date.getTime())) return date;
  throw new InvalidArgumentError('A moment such as 2026-11-01T12:00:00Z is allowed.');
}
