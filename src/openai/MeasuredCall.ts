import type { Attempt } from '../call/attempt.js';
import { classifyError, classifyHttp } from '../call/classifyError.js';
import type { ErrorType } from '../call/errorType.js';
import type { Operation } from '../call/operation.js';
import type { OpenCall } from '../monitor/OpenCall.js';
import type { AnswerReader } from './AnswerReader.js';
import { readRateLimits } from './rateLimits.js';

/** One call of the SDK while it is under way: what is to be measured, and its attempts. */
export class MeasuredCall {
  /** True between a failed attempt and the next one. */
  retrying = false;
  /** Number of the answer that counts: one whose body does not come in time is replaced by the next attempt's. */
  round = 0;
  #lastFailure: ErrorType | undefined;
  #lastStatus: number | undefined;
  #startedAt: number | undefined;
  #lostMs: number | undefined;

  constructor(
    readonly call: OpenCall,
    readonly operation: Operation,
    readonly reader: AnswerReader,
    readonly choices: number,
    /** Whether usage is to be asked for, and what comes of that to be kept from the caller. */
    readonly asksForUsage: boolean,
    /** What is asked, as the SDK has it. */
    readonly request: unknown,
  ) {}

  /** An attempt goes out now. */
  began(): void {
    const now = this.call.ports.clock.now();
    this.#lostMs = this.#startedAt === undefined ? undefined : Math.max(0, now - this.#startedAt);
    this.#startedAt = now;
  }

  answered(response: Response): void {
    const { headers } = response;
    const rateLimits = readRateLimits((name) => headers.get(name));
    const attempt: Attempt = { ...this.#retry(), httpStatus: response.status };
    this.call.attempt(rateLimits === undefined ? attempt : { ...attempt, rateLimits });
    this.#lastStatus = response.status;
    this.#lastFailure = response.ok ? undefined : classifyHttp(response.status);
  }

  unanswered(error: unknown): void {
    this.call.attempt(this.#retry());
    const { errorType } = classifyError(error);
    this.#lastStatus = undefined;
    // The SDK's own time limit aborts the fetch; if the caller had aborted it there would be no next attempt.
    this.#lastFailure = errorType === 'aborted' ? 'timeout' : errorType;
  }

  /** Takes the answer that the SDK goes on with, which some transports bring past `fetch`. */
  accept(response: Response): void {
    if (this.#lastStatus !== response.status) this.answered(response);
    this.round += 1;
    this.retrying = false;
  }

  /** A body that did not come in time has the SDK try again. */
  timedOut(): void {
    this.#lastFailure = 'timeout';
  }

  #retry(): Pick<Attempt, 'retryReason' | 'lostMs'> {
    if (this.#lastFailure === undefined) return {};
    return { retryReason: this.#lastFailure, ...(this.#lostMs === undefined ? {} : { lostMs: this.#lostMs }) };
  }
}
