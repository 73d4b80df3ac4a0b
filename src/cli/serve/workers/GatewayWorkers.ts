import cluster from 'node:cluster';
import { MissingServiceError } from '../../../errors.js';
import type { Gateway } from '../../../gateway/GatewayOptions.js';
import type { Tls } from '../../../access/httpServer.js';
import type { GatewayAccess } from '../../../gateway/keys/Doorkeeper.js';
import type { Logger } from '../../../monitor/Logger.js';
import type { ProcessUsage } from '../../../reporters/prometheus/measureProcess.js';
import { BackOff } from './BackOff.js';
import { freePort } from './freePort.js';
import type { FromWorker, Report } from './messages.js';
import { WorkerLink } from './WorkerLink.js';

export interface GatewayWorkersOptions {
  readonly count: number;
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  readonly logger: Logger;
  /** Gets everything that the workers' calls report. */
  readonly take: (report: Report) => void;
}

/** A worker that doesn't answer in this many milliseconds is busy; a scrape goes on without what it counted last. */
const FLUSH_PATIENCE_MS = 5000;
/** Beyond the time that calls may take to end, before a worker that doesn't stop is ended. */
const STOP_GRACE_MS = 3000;

type Listening = Extract<FromWorker, { kind: 'listening' }>;

/** The gateway in several processes that share its port. One that dies is started anew; what it had counted stays. */
export class GatewayWorkers implements Gateway {
  readonly #links = new Set<WorkerLink>();
  readonly #backOff = new BackOff();
  #stopping: number | undefined;
  #listening = false;
  #access: GatewayAccess | undefined;
  #tls: Tls | undefined;
  #env: Readonly<Record<string, string>> = {};
  /** Processor time of workers that ended: a counter must not go back. */
  #past = { user: 0, system: 0 };
  #allEnded: () => void = () => undefined;

  constructor(private readonly options: GatewayWorkersOptions) {}

  /** @throws MissingServiceError as the gateway's own does. */
  async listen(): Promise<{ url: string; port: number }> {
    const { host, port, count } = this.options;
    if (port === 0) this.#env = { PROMPTMETER_GATEWAY_PORT: String(await freePort(host)) };
    // Each takes its connections itself: one that this process had accepted and was handing to a worker that dies then
    // would be open for good, and its client would wait for good.
    cluster.schedulingPolicy = cluster.SCHED_NONE;
    const first = await this.#start();
    await Promise.all(Array.from({ length: count - 1 }, () => this.#start()));
    this.#listening = true;
    return first;
  }

  async close(drainMs: number): Promise<void> {
    this.#stopping = drainMs;
    if (this.#links.size === 0) return;
    const ended = new Promise<void>((resolve) => (this.#allEnded = resolve));
    for (const link of this.#links) {
      // One that is still starting doesn't listen to us yet, and has no calls.
      if (link.takesCalls) link.send({ kind: 'stop', drainMs });
      else link.worker.process.kill('SIGKILL');
    }
    const end = setTimeout(() => {
      for (const { worker } of this.#links) worker.process.kill('SIGKILL');
    }, drainMs + STOP_GRACE_MS);
    await ended;
    clearTimeout(end);
  }

  renewAccess(access: GatewayAccess): void {
    this.#access = access;
    for (const link of this.#links) this.#tell(link);
  }

  renewTls(tls: Tls): void {
    this.#tls = tls;
    for (const link of this.#links) this.#tell(link);
  }

  /** Whether calls are taken. */
  get ready(): boolean {
    return [...this.#links].some(({ takesCalls }) => takesCalls);
  }

  /** Resolves once everything that the workers counted by now was taken. */
  async settled(): Promise<void> {
    // One that is starting has counted nothing, and is too busy to say so.
    const counting = [...this.#links].filter(({ takesCalls }) => takesCalls);
    await Promise.all(counting.map((link) => link.flush(FLUSH_PATIENCE_MS)));
  }

  /** What the workers use together, as they last said. */
  get usage(): ProcessUsage {
    const sum = { resident: 0, heap: 0, ...this.#past };
    for (const { usage } of this.#links) {
      sum.resident += usage.resident;
      sum.heap += usage.heap;
      sum.user += usage.user;
      sum.system += usage.system;
    }
    return sum;
  }

  /** What was renewed since the start. */
  #tell(link: WorkerLink): void {
    if (this.#access !== undefined) {
      const { keys, upstreamKeys } = this.#access;
      link.send({ kind: 'access', keys, upstreamKeys: [...upstreamKeys] });
    }
    if (this.#tls !== undefined) link.send({ kind: 'tls', tls: this.#tls });
  }

  async #start(): Promise<Listening> {
    const link = new WorkerLink(cluster.fork(this.#env), {
      take: this.options.take,
      ended: (ended, lost) => this.#ended(ended, lost),
    });
    this.#links.add(link);
    const answer = await link.listening;
    if (answer?.kind === 'listening') {
      this.#tell(link);
      this.options.logger.info('A worker of the gateway takes calls', { pid: link.worker.process.pid });
      return answer;
    }
    throw new MissingServiceError(
      answer?.kind === 'refused'
        ? answer.message
        : 'A worker of the gateway ended before it took calls; its log says why.',
    );
  }

  #ended(link: WorkerLink, lostCalls: number): void {
    this.#links.delete(link);
    this.#past.user += link.usage.user;
    this.#past.system += link.usage.system;
    if (this.#stopping !== undefined) {
      if (this.#links.size === 0) this.#allEnded();
    } else if (this.#listening) {
      this.#restart(link, lostCalls);
    }
  }

  #restart({ worker, startedAt }: WorkerLink, lostCalls: number): void {
    const waitMs = this.#backOff.next(performance.now() - startedAt);
    const { pid, exitCode, signalCode } = worker.process;
    this.options.logger.error('A worker of the gateway ended; its open calls count as failed and another is started', {
      pid,
      exitCode,
      signal: signalCode,
      lostCalls,
      waitMs,
    });
    setTimeout(() => {
      // One that can't listen ends, and is told of then.
      if (this.#stopping === undefined) this.#start().catch(() => undefined);
    }, waitMs);
  }
}
