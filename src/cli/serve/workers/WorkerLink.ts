import type { Worker } from 'node:cluster';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import type { ProcessUsage } from '../../../reporters/prometheus/measureProcess.js';
import { isFromWorker, type FromWorker, type Report, type ToWorker } from './messages.js';
import { OpenCalls } from './OpenCalls.js';

export interface WorkerLinkOptions {
  /** Gets everything that the worker's reporter is told, and the ends of its calls when it dies. */
  readonly take: (report: Report) => void;
  /** The process ended and everything that it had sent was taken. `lost` of its calls had not ended. */
  readonly ended: (link: WorkerLink, lost: number) => void;
}

/** Milliseconds between looks at whether all that a worker had sent was read. */
const LOOK_MS = 10;
const NO_USAGE: ProcessUsage = { resident: 0, heap: 0, user: 0, system: 0 };

/** The primary's side of one worker. */
export class WorkerLink {
  readonly startedAt = performance.now();
  /** What the worker last said that it uses. */
  usage = NO_USAGE;
  /** From when it listens on. */
  takesCalls = false;
  readonly #calls = new OpenCalls();
  readonly #flushes: (() => void)[] = [];
  #listening: (answer: FromWorker | undefined) => void = () => undefined;
  /** Resolves to the worker's `listening` or `refused`; to undefined when it ended before. */
  readonly listening = new Promise<FromWorker | undefined>((resolve) => {
    this.#listening = resolve;
  });

  constructor(
    readonly worker: Worker,
    private readonly options: WorkerLinkOptions,
  ) {
    worker.on('message', (message: unknown) => {
      if (isFromWorker(message)) this.#take(message);
    });
    worker.on('error', () => undefined);
    void this.#exited().then(() => this.#ended());
  }

  /**
   * Resolves once the process has ended and all that it had sent was taken. What it had sent can still be read when its
   * end is known. The end of the channel is looked for, since Node.js does not tell of it (`disconnect`) where the worker
   * died while something was being handed to it.
   */
  async #exited(): Promise<void> {
    await once(this.worker, 'exit');
    do await wait(LOOK_MS);
    while (this.worker.isConnected());
  }

  /** Resolves once everything that the worker counted by now was taken, or when it takes longer than `patienceMs`. */
  async flush(patienceMs: number): Promise<void> {
    if (!this.worker.isConnected()) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, patienceMs);
      this.#flushes.push(() => {
        clearTimeout(timer);
        resolve();
      });
      this.send({ kind: 'flush' });
    });
  }

  send(message: ToWorker): void {
    if (this.worker.isConnected()) this.worker.send(message);
  }

  #take(message: FromWorker): void {
    if (message.kind === 'reports') {
      for (const report of message.reports) this.#report(report);
    } else if (message.kind === 'flushed') {
      this.usage = message.usage;
      this.#flushes.shift()?.();
    } else {
      this.takesCalls = message.kind === 'listening';
      this.#listening(message);
    }
  }

  #report(report: Report): void {
    if (report[0] === 'event') {
      const [, ...event] = report;
      this.#calls.see(...event);
    }
    this.options.take(report);
  }

  #ended(): void {
    this.#listening(undefined);
    for (const done of this.#flushes.splice(0)) done();
    const lost = this.#calls.lost();
    for (const event of lost) this.options.take(['event', ...event]);
    this.options.ended(this, lost.length);
  }
}
