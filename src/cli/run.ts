import { Command, CommanderError } from 'commander';
import { isPromptmeterError, messageOf } from '../errors.js';
import { registerAlertTest } from './commands/alertTest.js';
import { registerAnnotate } from './commands/annotate.js';
import { registerCheck } from './commands/check.js';
import { registerGatewayKey } from './commands/gatewayKey.js';
import { registerGenerate } from './commands/generate.js';
import { registerPreview } from './commands/preview.js';
import { registerPrice } from './commands/price.js';
import { registerPush } from './commands/push.js';
import { registerReconcile } from './commands/reconcile.js';
import { registerServe } from './commands/serve.js';
import { registerSimulate } from './commands/simulate.js';
import { registerUp } from './commands/up.js';
import { EXIT, exitCodeOf } from './exitCode.js';
import type { Io } from './io.js';
import { VERSION } from './version.js';

/** Adds one command, with an example in its help, to the program. */
export type RegisterCommand = (program: Command, io: Io) => void;

/** Every command, in the order of the help. A new one is one file in commands/ and one line here. */
export const COMMANDS: readonly RegisterCommand[] = [
  registerServe,
  registerUp,
  registerGenerate,
  registerCheck,
  registerPreview,
  registerPush,
  registerAnnotate,
  registerPrice,
  registerReconcile,
  registerAlertTest,
  registerGatewayKey,
  registerSimulate,
];

/**
 * Runs one command line, without the program's own name, and resolves to its exit code. Never throws: what a command
 * throws is told on standard error in one sentence.
 */
export async function run(args: readonly string[], io: Io): Promise<number> {
  try {
    await createProgram(io).parseAsync(args, { from: 'user' });
    return EXIT.ok;
  } catch (error) {
    report(error, io);
    return exitCodeOf(error);
  }
}

export function createProgram(io: Io): Command {
  const program = new Command('promptmeter')
    .description("Measures an application's calls to OpenAI and compatible APIs.")
    .version(VERSION)
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout(text.trimEnd()),
      writeErr: (text) => io.stderr(text.trimEnd()),
      // Told by report(), in one place with all other errors.
      outputError: () => undefined,
    })
    .addHelpText(
      'after',
      '\nExample:\n  promptmeter serve\n\n`promptmeter help <command>` has an example for each command.',
    );
  for (const register of COMMANDS) register(program, io);
  return program;
}

function report(error: unknown, io: Io): void {
  if (error instanceof CommanderError) {
    if (error.code.startsWith('commander.help') || error.code === 'commander.version') return;
    const sentence = error.message
      .replace(/^error: /, '')
      .replaceAll('\n', ' ')
      .replace(/\.$/, '');
    io.stderr(`promptmeter: ${sentence}; \`promptmeter --help\` lists what there is.`);
    return;
  }
  if (isPromptmeterError(error)) {
    io.stderr(`promptmeter: ${error.message}`);
    return;
  }
  io.stderr(`promptmeter: this is a bug, please report it with these lines: ${messageOf(error)}`);
  if (error instanceof Error && error.stack !== undefined) io.stderr(error.stack);
}
