import type { CallFailure, CallResult } from '../call/call.js';
import type { Operation } from '../call/operation.js';
import type { Outcome } from '../call/status.js';
import { SseParser, type SseEvent } from '../openai/sse.js';
import { EstimateBasis } from '../openai/estimate/EstimateBasis.js';
import { StreamObserver } from '../openai/StreamObserver.js';
import type { AnswerMeter, MeteredCall } from './meter.js';

/** Streams that tell their end, so that one which ends without was cut short by something on its way. */
const TELL_THEIR_END: ReadonlySet<Operation> = new Set(['chat', 'responses', 'completions']);

/** Measures a stream of server-sent events. */
export class StreamMeter implements AnswerMeter {
  readonly #metered: MeteredCall;
  readonly #parser = new SseParser();
  readonly #observer: StreamObserver;
  readonly #basis: EstimateBasis | undefined;

  constructor(metered: MeteredCall) {
    this.#metered = metered;
    this.#observer = new StreamObserver({ choices: metered.choices });
    this.#basis = EstimateBasis.of(metered.call, metered.operation, metered.request);
  }

  get finished(): boolean {
    return this.#observer.finished;
  }

  get failure(): CallFailure | undefined {
    return this.#observer.failure;
  }

  get malformed(): boolean {
    return this.#observer.malformed;
  }

  push(chunk: Buffer): void {
    const from = this.#basis === undefined && this.#parser.isBetweenEvents ? this.#observer.knownUpTo(chunk) : 0;
    if (from < chunk.length) this.#observe(this.#parser.push(chunk.subarray(from)));
  }

  end(done: (outcome: Outcome) => void, unread = false): void {
    const last = this.#parser.end();
    if (last !== undefined) this.#observe([last]);
    const failure = this.failure ?? (unread ? undefined : this.#cutShort());
    if (failure === undefined) this.#metered.call.complete(this.result(), unread ? 'unreadable' : 'not_sent');
    else this.#metered.call.fail(failure, this.result());
    done(failure === undefined ? 'success' : 'error');
  }

  result(): CallResult {
    const result = this.#metered.reader.streamed(this.#observer.result());
    return this.#basis?.streamed(result) ?? result;
  }

  #observe(events: readonly SseEvent[]): void {
    for (const event of events) {
      this.#observer.observe(event);
      this.#basis?.event(event);
    }
    if (this.#observer.firstOutput) this.#metered.call.firstToken();
  }

  #cutShort(): CallFailure | undefined {
    if (this.finished || !TELL_THEIR_END.has(this.#metered.operation)) return undefined;
    return { errorType: this.malformed ? 'stream_error' : 'stream_interrupted' };
  }
}
