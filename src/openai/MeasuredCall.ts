import type { Operation } from '../call/operation.js';
import type { OpenCall } from '../monitor/OpenCall.js';
import type { AnswerReader } from './AnswerReader.js';
import { AttemptLog } from './AttemptLog.js';

/** One call of the SDK while it is under way: what is to be measured, and its attempts. */
export class MeasuredCall {
  /** True between a failed attempt and the next one. */
  retrying = false;
  /** Number of the answer that counts: one whose body does not come in time is replaced by the next attempt's. */
  round = 0;
  readonly attempts: AttemptLog;

  constructor(
    readonly call: OpenCall,
    readonly operation: Operation,
    readonly reader: AnswerReader,
    readonly choices: number,
    /** Whether usage is to be asked for, and what comes of that to be kept from the caller. */
    readonly asksForUsage: boolean,
    /** What is asked, as the SDK has it. */
    readonly request: unknown,
  ) {
    this.attempts = new AttemptLog(call);
  }

  /** Takes the answer that the SDK goes on with, which some transports bring past `fetch`. */
  accept(response: Response): void {
    if (this.attempts.lastStatus !== response.status) this.attempts.answered(response);
    this.round += 1;
    this.retrying = false;
  }
}
