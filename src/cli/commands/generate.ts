import { InvalidArgumentError, Option, type Command } from 'commander';
import { addExamples } from '../examples.js';
import type { GenerateOptions } from '../generate/generate.js';
import { TARGETS } from '../generate/targetNames.js';
import type { Io } from '../io.js';

export function registerGenerate(program: Command, io: Io): void {
  const command = program
    .command('generate')
    .description('Write dashboards, alerts and reference pages from promptmeter.yaml, in the current folder.')
    .addOption(new Option('--target <target>', 'what to write').choices(TARGETS).default('files'))
    .option('--namespace <name>', 'namespace of the objects, with --target kubernetes', namespace)
    .option(
      '--label <name=value>',
      'a further label of the objects, with --target kubernetes; may be given again',
      label,
      {},
    )
    .option('--check', 'write nothing; show what would change and exit 1 if anything would')
    .option('--json', 'print JSON')
    .action(async (options: GenerateOptions) => {
      // Loaded only now, since building dashboards takes a library that no other command needs.
      const { generate } = await import('../generate/generate.js');
      generate(options, io);
    });
  addExamples(command, [
    'promptmeter generate',
    'promptmeter generate --check',
    'promptmeter generate --target kubernetes --namespace monitoring --label release=kube-prometheus-stack',
  ]);
}

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-label-names */
function namespace(text: string): string {
  if (/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(text)) return text;
  throw new InvalidArgumentError('A name of up to 63 small letters, digits and - is allowed.');
}

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set */
function label(text: string, before: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const [, name, value] = /^((?:[a-z0-9.-]+\/)?[A-Za-z0-9][\w.-]{0,62})=([\w.-]{0,63})$/.exec(text) ?? [];
  if (name === undefined || value === undefined)
    throw new InvalidArgumentError('It must be such as release=prometheus.');
  return { ...before, [name]: value };
}
