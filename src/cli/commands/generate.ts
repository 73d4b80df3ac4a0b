import type { Command } from 'commander';
import { addExamples } from '../examples.js';
import type { GenerateOptions } from '../generate/generate.js';
import type { Io } from '../io.js';

export function registerGenerate(program: Command, io: Io): void {
  const command = program
    .command('generate')
    .description('Write dashboards, alerts and reference pages from promptmeter.yaml, in the current folder.')
    .option('--check', 'write nothing; show what would change and exit 1 if anything would')
    .option('--json', 'print JSON')
    .action(async (options: GenerateOptions) => {
      // Loaded only now, since building dashboards takes a library that no other command needs.
      const { generate } = await import('../generate/generate.js');
      generate(options, io);
    });
  addExamples(command, ['promptmeter generate', 'promptmeter generate --check']);
}
