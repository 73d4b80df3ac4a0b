import type { CallResult } from '../../call/call.js';
import { asRecord } from '../../call/guards.js';
import { expectsUsage, type Operation } from '../../call/operation.js';
import type { OpenCall } from '../../monitor/OpenCall.js';
import { parseJson } from '../parseJson.js';
import { isDone, type SseEvent } from '../sse.js';
import { answerText, chunkText } from './answerText.js';

/** Characters of an answer that are kept; more than any model gives at once. */
const MAX_CHARACTERS = 1_000_000;

/**
 * Gathers, while an answer comes, what its usage can be estimated from if the API doesn't tell it. Holds the request and
 * the text of one call until that call is told of. Never throws.
 */
export class EstimateBasis {
  #text = '';

  private constructor(
    private readonly call: OpenCall,
    private readonly operation: Operation,
    private readonly request: unknown,
  ) {}

  /** Undefined where nobody estimates, or the operation has no usage. */
  static of(call: OpenCall, operation: Operation, request: unknown): EstimateBasis | undefined {
    if (!call.estimatesUsage || request === undefined || !expectsUsage(operation)) return undefined;
    return new EstimateBasis(call, operation, request);
  }

  /** Takes the next event of a stream. */
  event({ data, event }: SseEvent): void {
    if (this.#text.length >= MAX_CHARACTERS || data.length < 3 || isDone(data)) return;
    const fields = asRecord(parseJson(data));
    if (fields !== undefined) this.#text += chunkText(fields, event);
  }

  /** Takes what a client has parsed of the next event of a stream. */
  chunk(value: unknown): void {
    const fields = asRecord(value);
    if (fields !== undefined && this.#text.length < MAX_CHARACTERS) this.#text += chunkText(fields);
  }

  /** What is known of a stream, with what its usage can be estimated from where that is not known. */
  streamed(result: CallResult): CallResult {
    return result.usage === undefined ? this.#with(result, this.#text) : result;
  }

  /** The same of an answer that came whole; of one that nobody read nothing can be estimated. */
  whole(result: CallResult, answer: unknown): CallResult {
    const isRead = asRecord(answer) !== undefined;
    return isRead && result.usage === undefined ? this.#with(result, answerText(answer)) : result;
  }

  #with(result: CallResult, answered: string): CallResult {
    const { operation, request } = this;
    return { ...result, unmetered: { operation, model: this.call.countedFor.model, request, answered } };
  }
}
