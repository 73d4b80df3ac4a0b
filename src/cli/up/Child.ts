import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream';
import type { Environment } from '../programs/findProgram.js';

export interface ChildOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Environment;
  readonly cwd: string;
  /** Everything it writes goes to this file. */
  readonly logFile: string;
  readonly onLine?: ((line: string) => void) | undefined;
}

export interface Exit {
  /** A clause such as `exited with code 2`. */
  readonly reason: string;
  readonly lastLines: readonly string[];
}

const KEPT_LINES = 5;

/**
 * A program in a process group of its own, so that a Ctrl-C in the terminal reaches only its parent, which stops things
 * in order. Where the system can do it (Linux with util-linux), it also ends when its parent is killed.
 */
export class Child {
  /** Resolves when it has ended, never rejects. */
  readonly exited: Promise<Exit>;
  readonly #process: ChildProcess;
  readonly #lastLines: string[] = [];
  #running = true;

  constructor({ command, args, env, cwd, logFile, onLine }: ChildOptions) {
    const [program, ...words] = [...deathSignal(), command, ...args];
    const child = spawn(program ?? command, words, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#process = child;
    const log = createWriteStream(logFile);
    // A full disk or a deleted folder must not end the stack.
    log.on('error', () => undefined);
    for (const stream of [child.stdout, child.stderr]) {
      // Not piped: a pipe to a log that broke would keep the program waiting for somebody to read it.
      stream.on('data', (chunk) => void log.write(chunk));
      onEachLine(stream, (line) => {
        this.#lastLines.push(line);
        if (this.#lastLines.length > KEPT_LINES) this.#lastLines.shift();
        onLine?.(line);
      });
    }
    this.exited = new Promise((resolve) => {
      const end = (reason: string) => {
        this.#running = false;
        log.end();
        finished(log, () => resolve({ reason, lastLines: this.#lastLines }));
      };
      child.once('error', (error) => end(`could not be started (${error.message})`));
      child.once('close', (code, signal) =>
        end(signal === null ? `exited with code ${code ?? 0}` : `was ended by ${signal}`),
      );
    });
  }

  get running(): boolean {
    return this.#running;
  }

  /** Asks it to end, and makes it end after the grace period. Resolves when neither it nor what it started is left. */
  async stop(graceMs: number): Promise<void> {
    if (this.#running) {
      this.#signal('SIGTERM');
      const timer = setTimeout(() => this.kill(), graceMs);
      await this.exited;
      clearTimeout(timer);
    }
    this.kill();
  }

  /** Ends it and all that it started, now. */
  kill(): void {
    this.#signal('SIGKILL');
  }

  #signal(signal: NodeJS.Signals): void {
    if (this.#process.pid === undefined) return;
    try {
      process.kill(-this.#process.pid, signal);
    } catch {
      // Nobody is left in its group.
    }
  }
}

let deathSignalArguments: readonly string[] | undefined;

function deathSignal(): readonly string[] {
  const args = ['setpriv', '--pdeathsig', 'TERM'];
  deathSignalArguments ??= spawnSync('setpriv', ['--pdeathsig', 'TERM', 'true']).status === 0 ? args : [];
  return deathSignalArguments;
}

function onEachLine(stream: NodeJS.ReadableStream, tell: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const lines = `${rest}${chunk}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.trim() !== '') tell(line);
  });
  stream.on('end', () => {
    if (rest.trim() !== '') tell(rest);
  });
}
