import type { RateLimits } from '../call/attempt.js';
import { classifyError, classifyHttp } from '../call/classifyError.js';
import type { ErrorType } from '../call/errorType.js';
import type { OpenCall } from '../monitor/OpenCall.js';
import { readRateLimits } from './rateLimits.js';

/** Tells of the HTTP attempts of one call: their status and rate limits, why and at what cost of time they were needed. */
export class AttemptLog {
  #lastFailure: ErrorType | undefined;
  #lastStatus: number | undefined;
  #startedAt: number | undefined;
  #lostMs: number | undefined;

  constructor(private readonly call: OpenCall) {}

  /** The status of the attempt before; undefined when it had no answer. */
  get lastStatus(): number | undefined {
    return this.#lastStatus;
  }

  /** An attempt goes out now. */
  began(): void {
    const now = this.call.ports.clock.now();
    this.#lostMs = this.#startedAt === undefined ? undefined : Math.max(0, now - this.#startedAt);
    this.#startedAt = now;
  }

  answered(response: Response): void {
    const { headers, status, ok } = response;
    this.#tell(status, () => readRateLimits((name) => headers.get(name)));
    this.#lastStatus = status;
    this.#lastFailure = ok ? undefined : classifyHttp(status);
  }

  unanswered(error: unknown): void {
    this.#tell();
    const { errorType } = classifyError(error);
    this.#lastStatus = undefined;
    // The SDK's own time limit aborts the fetch; if the caller had aborted it there would be no next attempt.
    this.#lastFailure = errorType === 'aborted' ? 'timeout' : errorType;
  }

  /** A body that did not come in time has the SDK try again. */
  timedOut(): void {
    this.#lastFailure = 'timeout';
  }

  #tell(httpStatus?: number, rateLimits?: () => RateLimits | undefined): void {
    const retryReason = this.#lastFailure;
    this.call.attempt({
      httpStatus,
      retryReason,
      lostMs: retryReason === undefined ? undefined : this.#lostMs,
      rateLimits,
    });
  }
}
