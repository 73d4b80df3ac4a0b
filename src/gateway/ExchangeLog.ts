import type { Outcome } from '../call/status.js';
import { SYSTEM_CLOCK } from '../monitor/Clock.js';
import type { LogFields } from '../monitor/Logger.js';

/** Sizes and times of one exchange, for its line in the log. Nothing of what was asked or answered. */
export class ExchangeLog {
  readonly #arrivedAt = SYSTEM_CLOCK.now();
  #requestBytes: number | undefined;
  #status: number | undefined;
  #headersMs: number | undefined;
  #responseBytes = 0;

  /** A body of a length that is known goes on to the upstream. */
  sent(requestBytes: number | undefined): void {
    this.#requestBytes = requestBytes;
  }

  begun(status: number): void {
    this.#status = status;
    this.#headersMs = this.#elapsed();
  }

  passed(bytes: number): void {
    this.#responseBytes += bytes;
  }

  fields(outcome: Outcome): LogFields {
    return {
      outcome,
      httpStatus: this.#status ?? null,
      requestBytes: this.#requestBytes ?? null,
      responseBytes: this.#responseBytes,
      headersMs: this.#headersMs ?? null,
      durationMs: this.#elapsed(),
    };
  }

  #elapsed(): number {
    return SYSTEM_CLOCK.now() - this.#arrivedAt;
  }
}
