import type { CallFailure, CallResult } from '../call/call.js';
import { asCount, asRecord } from '../call/guards.js';
import type { Operation } from '../call/operation.js';
import { readResult } from '../call/readResult.js';
import type { UsageMissingReason } from '../call/usage.js';
import type { OpenCall } from '../monitor/OpenCall.js';
import { BatchOutput } from './BatchOutput.js';
import { isUnderWay, type DeferredAnswer, type DeferredAnswers } from './DeferredAnswers.js';
import { failureIn } from './failureIn.js';
import { JsonBody } from './JsonBody.js';

/** To list or retrieve an answer shows the usage of a call that was counted when it was made. */
const SHOW_USAGE_OF_OTHERS: ReadonlySet<Operation> = new Set(['other', 'batches', 'realtime']);

/** What an answer tells of the call that got it. */
export interface AnswerReading {
  readonly result: CallResult;
  readonly failure?: CallFailure | undefined;
  /** Why usage is unknown, if it is. */
  readonly missing?: UsageMissingReason | undefined;
}

/** Reads an answer's bytes as they come, without holding a large one. */
export interface AnswerBody {
  push(chunk: Uint8Array): void;
  /** The answer came whole. Its value is told only if all of it was held. */
  end(): AnswerReading & { readonly answer?: unknown };
}

const NOTHING: AnswerReading = { result: {} };

/** Reads the answer of one call. What is another call's usage stays out, and what is made later counts once. */
export class AnswerReader {
  /** The answer made later that the call asks after: one in the background, a batch or a batch's output. */
  readonly asked: DeferredAnswer | undefined;
  /** Whether the call asks for the output of a batch, an answer a line. */
  readonly asksForOutput: boolean;
  #taken = false;

  constructor(
    private readonly asOperation: Operation,
    private readonly deferred: DeferredAnswers,
    path: string,
  ) {
    const output = this.#isOwn ? undefined : deferred.outputAskedFor(path);
    this.asked = output ?? (this.#isOwn ? undefined : deferred.askedFor(path));
    this.asksForOutput = output !== undefined;
  }

  /** What the call is: to get a batch's output is a matter of batches, though it is a file like others. */
  get operation(): Operation {
    return this.asksForOutput ? 'batches' : this.asOperation;
  }

  /** What is to read the bytes of an answer of a good status; undefined when they tell nothing. */
  body(isJson: boolean, call: OpenCall): AnswerBody | undefined {
    if (this.asksForOutput) return this.#output(call);
    const tells = this.#isOwn || this.asOperation === 'batches' || this.asked !== undefined;
    if (!tells || !isJson) return undefined;
    const json = new JsonBody();
    return {
      push: (chunk) => json.push(chunk),
      end: () => {
        const answer = json.end();
        if (answer === undefined && json.length > 0) return { result: {}, missing: 'unreadable' };
        return { ...this.whole(answer, call.countedFor), ...(json.isWhole ? { answer } : {}) };
      },
    };
  }

  /** Takes a whole answer of a good status. Never throws. */
  whole(answer: unknown, by: Pick<DeferredAnswer, 'model' | 'attribution'>): AnswerReading {
    try {
      if (!this.#isOwn) return this.#retrieved(answer, by);
      const failure = failureIn(answer);
      const begun = this.asOperation === 'responses' && this.deferred.begun('responses', answer, by);
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

  /** The parts count only when the output came whole, so that one which is got again after a cut counts once. */
  #output(call: OpenCall): AnswerBody {
    const parts = call.parts();
    const output = new BatchOutput(parts);
    return {
      push: (chunk) => output.push(chunk),
      end: () => {
        output.end();
        if (output.answers > 0 && this.#takes()) call.countsIn(parts);
        return NOTHING;
      },
    };
  }

  #retrieved(answer: unknown, by: Pick<DeferredAnswer, 'model' | 'attribution'>): AnswerReading {
    if (this.asOperation === 'batches') this.deferred.outputsIn(answer);
    if (this.asked === undefined) {
      if (this.asOperation === 'batches') this.deferred.begun('batches', answer, by);
      return NOTHING;
    }
    if (this.asksForOutput || isUnderWay(answer)) return NOTHING;
    const fields = asRecord(answer);
    const isBatch = fields?.['object'] === 'batch';
    const result = readResult(answer);
    // Of a batch without usage its output has to tell it.
    if ((isBatch && result.usage === undefined) || !this.#takes()) return NOTHING;
    if (!isBatch) return { result, failure: failureIn(answer) };
    const answers = asCount(asRecord(fields['request_counts'])?.['completed']);
    return { result: { ...result, serviceTier: 'batch', answers }, failure: failureIn(answer) };
  }

  /** True for the first call that got the usage, and for it again. */
  #takes(): boolean {
    if (this.asked === undefined || (this.asked.told && !this.#taken)) return false;
    this.asked.told = true;
    this.#taken = true;
    return true;
  }

  get #isOwn(): boolean {
    return !SHOW_USAGE_OF_OTHERS.has(this.asOperation);
  }
}
