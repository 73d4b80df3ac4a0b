import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from '../programs/findProgram.js';
import { Child, type Exit } from './Child.js';
import { untilHealthy } from './health.js';
import type { Part } from './Part.js';

const GRACE_MS = 10_000;

/** A part that ended, or that never answered. */
export interface Failure {
  readonly part: Part;
  /** A clause such as `exited with code 2`. */
  readonly reason: string;
  readonly lastLines: readonly string[];
  readonly logFile: string;
}

export interface SupervisorOptions {
  readonly env: Environment;
  readonly cwd: string;
  /** A folder for one log file per part. */
  readonly logs: string;
  readonly onHealthy: (part: Part) => void;
  /** Called for each part that fails; never for one that was told to stop. */
  readonly onFailure: (failure: Failure) => void;
}

/** Knows how to start parts, tell of those that fail and stop all of them. */
export class Supervisor {
  readonly #options: SupervisorOptions;
  readonly #children: { readonly part: Part; readonly child: Child }[] = [];
  readonly #stopping = new AbortController();

  constructor(options: SupervisorOptions) {
    this.#options = options;
    mkdirSync(options.logs, { recursive: true });
  }

  /** Starts a part. Resolves to whether it works; a part that doesn't is told of through `onFailure`. */
  async start(part: Part): Promise<boolean> {
    if (this.stopped) return false;
    const { env, cwd, onHealthy } = this.#options;
    const child = new Child({
      command: part.command,
      args: part.args,
      env: { ...env, ...part.env },
      cwd,
      logFile: this.#logOf(part),
      onLine: part.onLine,
    });
    this.#children.push({ part, child });
    const health = await untilHealthy(part, child, this.#stopping.signal);
    if (health.state === 'healthy') {
      onHealthy(part);
      void child.exited.then((exit) => this.#failed(part, exit));
      return true;
    }
    const exit =
      health.state === 'ended' ? health.exit : { reason: 'gave no sign of health within a minute', lastLines: [] };
    this.#failed(part, exit);
    return false;
  }

  /** Whether it was told to stop. */
  get stopped(): boolean {
    return this.#stopping.signal.aborted;
  }

  /** Stops every part, the last one started first, and waits until nothing of them is left. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    for (const { child } of this.#children.toReversed()) await child.stop(GRACE_MS);
  }

  /** Ends every part at once. */
  kill(): void {
    this.#stopping.abort();
    for (const { child } of this.#children) child.kill();
  }

  #failed(part: Part, { reason, lastLines }: Exit): void {
    if (this.stopped) return;
    this.#options.onFailure({ part, reason, lastLines, logFile: this.#logOf(part) });
  }

  #logOf(part: Part): string {
    return join(this.#options.logs, `${part.name}.log`);
  }
}
