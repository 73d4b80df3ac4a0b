import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { ROOT } from './repository.js';

export interface PromptmeterProcess {
  readonly pid: number;
  /** Lines of standard output and standard error so far. */
  readonly out: readonly string[];
  readonly err: readonly string[];
  /** Resolves when standard output has so many lines, or has ended. */
  printed(lines: number): Promise<void>;
  kill(signal: NodeJS.Signals): void;
  /** Resolves to the exit code once the process has ended; sees that all of its output was read. */
  readonly exit: Promise<number | null>;
}

interface StartOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Whether to run what `npm run build` made, as users do, instead of the sources. */
  readonly built?: boolean;
  /** Gets each line of standard error, which are then not kept. */
  readonly onErrorLine?: (line: string) => void;
}

/** Starts the command line itself, in a process of its own whose environment is only what is given. */
export function startPromptmeter(
  args: readonly string[],
  { env = {}, cwd, built = false, onErrorLine }: StartOptions,
): PromptmeterProcess {
  const program = built
    ? [`${ROOT}/dist/cli/main.js`]
    : ['--import', import.meta.resolve('tsx'), `${ROOT}/src/cli/main.ts`];
  const command = [...program, ...args];
  const child = spawn(process.execPath, command, {
    cwd,
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const out: string[] = [];
  const err: string[] = [];
  const waiting: { readonly lines: number; readonly resolve: () => void }[] = [];
  const settle = (ended: boolean) => {
    for (const { lines, resolve } of waiting) if (ended || out.length >= lines) resolve();
  };
  createInterface({ input: child.stdout }).on('line', (line) => {
    out.push(line);
    settle(false);
  });
  createInterface({ input: child.stderr }).on('line', onErrorLine ?? ((line) => err.push(line)));
  const exit = once(child, 'close').then(() => {
    settle(true);
    return child.exitCode ?? (child.signalCode === null ? null : 128);
  });
  return {
    pid: child.pid ?? NaN,
    out,
    err,
    printed: (lines) =>
      new Promise((resolve) => {
        waiting.push({ lines, resolve });
        settle(child.exitCode !== null);
      }),
    kill: (signal) => void child.kill(signal),
    exit,
  };
}
