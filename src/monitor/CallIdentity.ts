import { randomUUID } from 'node:crypto';
import type { OutcomeLabels } from './outcomes/OutcomeSeries.js';
import type { EndedCall, OutcomeJoin } from './outcomes/OutcomeJoin.js';

/** Whatever has a correlation id. */
export interface Identified {
  readonly correlationId: string;
}

/**
 * By what a call is known. Its correlation id is made when somebody asks for it, and only then is the call remembered
 * for outcomes: most calls are never asked for it, and to make and remember one is a good part of what measuring takes.
 */
export class CallIdentity implements Identified {
  #correlationId: string | undefined;
  /** By which it is remembered. */
  #nth: number | undefined;
  #endedAs: OutcomeLabels | undefined;

  /** @param startedAt milliseconds of the monitor's clock */
  constructor(
    private readonly outcomes: OutcomeJoin,
    private readonly startedAt: number,
    private readonly prefix: 'req' | 'stream',
    given: string | undefined,
  ) {
    if (given !== undefined) this.#remember(given);
  }

  get correlationId(): string {
    return this.#correlationId ?? this.#remember(`${this.prefix}_${randomUUID()}`);
  }

  /** The call has ended, with this many milliseconds until its first token. */
  ended(call: EndedCall, timeToFirstToken: number | null): void {
    this.#endedAs = this.outcomes.labelsOf(call, timeToFirstToken);
    this.#tellEnd();
  }

  #remember(correlationId: string): string {
    this.#correlationId = correlationId;
    this.#nth = this.outcomes.begin(correlationId, this.startedAt);
    this.#tellEnd();
    return correlationId;
  }

  #tellEnd(): void {
    if (this.#nth !== undefined && this.#endedAs !== undefined) this.outcomes.end(this.#nth, this.#endedAs);
  }
}
