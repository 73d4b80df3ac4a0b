import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { ensureProgram } from '../../src/cli/programs/ensureProgram.js';
import type { ProgramName } from '../../src/cli/programs/names.js';
import { eventually } from '../helpers/eventually.js';

/** A real server of the stack that can be killed and brought back with what it had stored. */
export class Engine {
  #child: ChildProcess | undefined;

  constructor(
    private readonly program: ProgramName,
    readonly url: string,
    private readonly args: readonly string[],
  ) {}

  /** Resolves when it says that it is ready. */
  async start(): Promise<void> {
    const path = await ensureProgram(this.program, (line) => void process.stderr.write(`${line}\n`));
    this.#child = spawn(path, this.args, { stdio: 'ignore' });
    await eventually(`${this.program} to be ready`, async () =>
      (await fetch(`${this.url}/-/ready`)).ok ? true : undefined,
    );
  }

  /** Ends it as a crash does. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, 'exit');
    child.kill('SIGKILL');
    await exit;
  }
}
