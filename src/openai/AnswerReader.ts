import type { CallFailure, CallResult } from '../call/call.js';
import type { Operation } from '../call/operation.js';
import { readResult } from '../call/readResult.js';
import { asRecord } from '../call/guards.js';
import type { UsageMissingReason } from '../call/usage.js';
import { isUnderWay, type DeferredAnswer, type DeferredAnswers } from './DeferredAnswers.js';
import { failureIn } from './failureIn.js';

/** To list or retrieve an answer shows the usage of a call that was counted when it was made. */
const SHOW_USAGE_OF_OTHERS: ReadonlySet<Operation> = new Set(['other', 'batches', 'realtime']);

/** What an answer tells of the call that got it. */
export interface AnswerReading {
  readonly result: CallResult;
  readonly failure?: CallFailure | undefined;
  /** Why usage is unknown, if it is. */
  readonly missing?: UsageMissingReason | undefined;
}

const NOTHING: AnswerReading = { result: {} };

/** Reads the answer of one call. What is another call's usage stays out, and what is made in the background counts once. */
export class AnswerReader {
  /** The answer made in the background that the call asks after. */
  readonly asked: DeferredAnswer | undefined;
  #taken = false;

  constructor(
    private readonly operation: Operation,
    private readonly deferred: DeferredAnswers,
    path: string,
  ) {
    this.asked = this.#isOwn ? undefined : deferred.askedFor(path);
  }

  /** Whether the answer can tell anything, so that it is worth being held. */
  get tells(): boolean {
    return this.#isOwn || this.operation === 'batches' || this.asked !== undefined;
  }

  /** Takes a whole answer of a good status. Never throws. */
  whole(answer: unknown, by: Pick<DeferredAnswer, 'model' | 'attribution'>): AnswerReading {
    try {
      if (!this.#isOwn) return this.#retrieved(answer, by);
      const failure = failureIn(answer);
      const begun = this.operation === 'responses' && this.deferred.begun('responses', answer, by);
      return { result: readResult(answer), failure, missing: begun ? 'background' : undefined };
    } catch {
      // An application's own stand-in for an answer may have getters that throw.
      return NOTHING;
    }
  }

  /** Of what a stream has told, what is this call's own. */
  streamed(result: CallResult): CallResult {
    if (this.#isOwn || (result.usage !== undefined && this.#takes())) return result;
    return { ...result, usage: undefined };
  }

  #retrieved(answer: unknown, by: Pick<DeferredAnswer, 'model' | 'attribution'>): AnswerReading {
    if (this.asked === undefined) {
      if (this.operation === 'batches') this.deferred.begun('batches', answer, by);
      return NOTHING;
    }
    if (isUnderWay(answer) || !this.#takes()) return NOTHING;
    const result = readResult(answer);
    const isBatch = asRecord(answer)?.['object'] === 'batch';
    return { result: isBatch ? { ...result, serviceTier: 'batch' } : result, failure: failureIn(answer) };
  }

  /** True for the first call that got the usage, and for it again. */
  #takes(): boolean {
    if (this.asked === undefined || (this.asked.told && !this.#taken)) return false;
    this.asked.told = true;
    this.#taken = true;
    return true;
  }

  get #isOwn(): boolean {
    return !SHOW_USAGE_OF_OTHERS.has(this.operation);
  }
}
