import type { BreakKind, SilenceKind } from './faults/kinds.js';
import type { Usage } from './tokens.js';

/** How a call ended, as the server saw it. A call struck by a fault ends as that fault, whoever closed it then. */
export type LedgerOutcome = 'answered' | 'refused' | 'client_left' | SilenceKind | BreakKind;

export interface LedgerKey {
  /** One of the API's paths, `/v1/models/{id}` for any model, or `other`. */
  readonly path: string;
  /** One of the simulator's models, or `none`. */
  readonly model: string;
  /** The HTTP status; 0 when no header was sent. */
  readonly status: number;
  readonly stream: boolean;
  readonly outcome: LedgerOutcome;
}

/** Calls of one key and the tokens given out to them: for calls that were broken off, those sent until then. */
export interface LedgerRow extends LedgerKey {
  readonly calls: number;
  /** Calls whose usage was told to the client. */
  readonly usageTold: number;
  readonly promptTokens: number;
  readonly cachedTokens: number;
  readonly completionTokens: number;
  readonly reasoningTokens: number;
}

export interface LedgerReport {
  readonly inFlight: number;
  readonly rows: readonly LedgerRow[];
}

/** The truth about what was asked and given. Its keys are closed sets, so it stays small whatever clients send. */
export class Ledger {
  readonly #rows = new Map<string, LedgerRow>();
  #inFlight = 0;

  /** A call begins. The returned function ends it; only its first call counts. */
  begin(): (key: LedgerKey, usage: Usage, usageTold: boolean) => void {
    this.#inFlight += 1;
    let ended = false;
    return (key, usage, usageTold) => {
      if (ended) return;
      ended = true;
      this.#inFlight -= 1;
      this.#add(key, usage, usageTold);
    };
  }

  report(): LedgerReport {
    const rows = [...this.#rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
    return { inFlight: this.#inFlight, rows };
  }

  /** Forgets what has ended. Calls in flight are counted when they end. */
  reset(): void {
    this.#rows.clear();
  }

  #add({ path, model, status, stream, outcome }: LedgerKey, usage: Usage, usageTold: boolean): void {
    const key = [path, model, status, stream, outcome].join(' ');
    const row = this.#rows.get(key);
    this.#rows.set(key, {
      path,
      model,
      status,
      stream,
      outcome,
      calls: (row?.calls ?? 0) + 1,
      usageTold: (row?.usageTold ?? 0) + (usageTold ? 1 : 0),
      promptTokens: (row?.promptTokens ?? 0) + usage.prompt,
      cachedTokens: (row?.cachedTokens ?? 0) + usage.cached,
      completionTokens: (row?.completionTokens ?? 0) + usage.completion,
      reasoningTokens: (row?.reasoningTokens ?? 0) + usage.reasoning,
    });
  }
}
