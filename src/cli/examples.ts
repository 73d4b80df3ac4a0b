import type { Command } from 'commander';

/** Shows command lines that work at the end of a command's help. Every command has at least one. */
export function addExamples(command: Command, examples: readonly string[]): Command {
  const title = examples.length === 1 ? 'Example' : 'Examples';
  return command.addHelpText('after', `\n${title}:\n${examples.map((example) => `  ${example}`).join('\n')}`);
}
