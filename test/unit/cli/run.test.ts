import type { Command } from 'commander';
import { exitCodeOf } from '../../../src/cli/exitCode.js';
import { createProgram, run } from '../../../src/cli/run.js';
import * as errors from '../../../src/errors.js';
import { temporaryFolder } from '../../helpers/temporaryFolder.js';
import { testIo } from '../../helpers/testIo.js';

describe('every command', () => {
  const commands = (program: Command): Command[] => program.commands.flatMap((c) => [c, ...commands(c)]);
  const leaves = commands(createProgram(testIo())).filter((command) => command.commands.length === 0);

  test.each(leaves.map((command): [string, Command] => [pathOf(command), command]))(
    '%s shows an example of itself in its help',
    (path, command) => {
      let help = '';
      command.configureOutput({ writeOut: (text) => (help += text) }).outputHelp();
      expect(help).toMatch(new RegExp(`\\nExamples?:\\n(.*\\n)*? .*promptmeter ${path}`));
    },
  );

  function pathOf(command: Command): string {
    const parent = command.parent?.parent ? `${pathOf(command.parent)} ` : '';
    return `${parent}${command.name()}`;
  }
});

describe('a command line that can not be understood ends with 64 and one sentence', () => {
  test.each([
    [['serv'], "unknown command 'serv' (Did you mean serve?)"],
    [['frobnicate'], "unknown command 'frobnicate'"],
    [['--port'], "unknown option '--port'"],
    [['generate', '--chekc'], "unknown option '--chekc' (Did you mean --check?)"],
    [['serve', 'now'], "too many arguments for 'serve'. Expected 0 arguments but got 1"],
    [['price'], "missing required argument 'model'"],
    [
      ['price', 'gpt-4o', '--prompt', '-1'],
      "option '--prompt <tokens>' argument '-1' is invalid. A whole number of 0 or more is allowed",
    ],
  ])('%j', async (args, sentence) => {
    const io = testIo();
    expect(await run(args, io)).toBe(64);
    expect(io.err).toEqual([`promptmeter: ${sentence}; \`promptmeter --help\` lists what there is.`]);
    expect(io.out).toEqual([]);
  });

  test('and so does one without a command, with the help', async () => {
    const io = testIo();
    expect(await run([], io)).toBe(64);
    expect(io.err.join('\n')).toContain('Usage: promptmeter');
  });
});

test.each([['--help'], ['--version'], ['help'], ['help', 'serve'], ['price', '--help']])(
  'promptmeter %s answers on standard output and ends with 0',
  async (...args) => {
    const io = testIo();
    expect(await run(args, io)).toBe(0);
    expect(io.out.join('')).not.toBe('');
    expect(io.err).toEqual([]);
  },
);

test.each([
  [0, 'help that was asked for', undefined],
  [1, 'a check that found something', new errors.PromptmeterError('check_failed', '')],
  [64, 'wrong usage', new errors.UsageError('')],
  [69, 'a missing service', new errors.MissingServiceError('')],
  [78, 'a configuration that can not be used', new errors.ConfigurationError('', [])],
  [70, 'a bug', new TypeError('x is not a function')],
  [70, 'whatever else is thrown', 'a text'],
])('the exit code %i stands for %s', async (exitCode, _, error) => {
  if (error === undefined) expect(await run(['--help'], testIo())).toBe(exitCode);
  else expect(exitCodeOf(error)).toBe(exitCode);
});

test('a command in a folder with a broken configuration ends with 78 and every problem', async () => {
  const folder = temporaryFolder();
  folder.write('promptmeter.yaml', 'limits: { models: 0 }\nbudgts: []\n');
  const io = testIo({ cwd: folder.path });
  expect(await run(['check'], io)).toBe(78);
  expect(io.err).toEqual([
    'promptmeter: promptmeter.yaml has 2 problems:\n' +
      '  limits.models: found 0; a number from 1 is allowed\n' +
      '  budgts: this key is not known; did you mean budgets?',
  ]);
  folder.remove();
});
