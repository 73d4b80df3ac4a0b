import { execFile } from 'node:child_process';
import { ensureProgram } from '../../src/cli/programs/ensureProgram.js';

export type Tool = 'promtool' | 'amtool';

export interface ProgramResult {
  readonly succeeded: boolean;
  /** Standard output and standard error. */
  readonly output: string;
}

/** Runs the real program, which is fetched when this machine hasn't got it. */
export async function runProgram(name: Tool, args: readonly string[]): Promise<ProgramResult> {
  const path = await ensureProgram(name, (line) => {
    process.stderr.write(`${line}\n`);
  });
  return new Promise((resolve) => {
    execFile(path, args, (error, stdout, stderr) => {
      resolve({ succeeded: error === null, output: `${stdout}${stderr}${error?.message ?? ''}` });
    });
  });
}

/** The output of a program that must succeed; throws what it said when it does not. */
export async function outputOf(name: Tool, args: readonly string[]): Promise<string> {
  const { succeeded, output } = await runProgram(name, args);
  if (!succeeded) throw new Error(`${name} ${args.join(' ')} failed:\n${output}`);
  return output;
}
