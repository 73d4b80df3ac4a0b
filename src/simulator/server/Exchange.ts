import { setImmediate as flushed } from 'node:timers/promises';
import type { ServerResponse } from 'node:http';
import type { LedgerOutcome } from '../Ledger.js';
import { NO_USAGE, type Usage } from '../tokens.js';
import { Pacer } from './Pacer.js';

export type Headers = Readonly<Record<string, string>>;

/** What the ledger learns when an exchange ends. */
export interface ExchangeEnd {
  readonly status: number;
  readonly outcome: LedgerOutcome;
  readonly usage: Usage;
  readonly usageTold: boolean;
}

/** One answer on its way, and its one entry in the ledger. */
export class Exchange {
  readonly pacer: Pacer;

  constructor(
    readonly response: ServerResponse,
    readonly headers: Headers,
    speed: number,
    private readonly onEnd: (end: ExchangeEnd) => void,
  ) {
    this.pacer = new Pacer(response, speed);
  }

  /** Enters the end of the call, before its last byte, so that a client that has the answer finds it in the ledger. */
  settle(outcome: LedgerOutcome, usage: Usage = NO_USAGE, usageTold = false): void {
    const status = this.response.headersSent ? this.response.statusCode : 0;
    this.onEnd({ status, outcome, usage, usageTold });
  }

  writeHead(status: number, headers: Headers): void {
    if (!this.response.headersSent) this.response.writeHead(status, { ...this.headers, ...headers });
  }

  /** Sends what is left and closes the connection in the middle of the answer. */
  async cut(): Promise<void> {
    await flushed();
    this.response.destroy();
  }

  reset(): void {
    this.response.socket?.resetAndDestroy();
  }
}
