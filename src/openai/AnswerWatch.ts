import type { CallFailure, CallResult } from '../call/call.js';
import { classifyError } from '../call/classifyError.js';
import { tieCorrelationId } from '../monitor/correlationIds.js';
import type { AnswerBody } from './AnswerReader.js';
import type { MeasuredCall } from './MeasuredCall.js';
import type { SdkAnswer } from './seam.js';
import type { SseEvent } from './sse.js';
import { EstimateBasis } from './estimate/EstimateBasis.js';
import { StreamObserver } from './StreamObserver.js';
import type { Unread } from './unread.js';
import { chunkWithoutUsage, withoutUsage } from './withoutUsage.js';

/** Operations whose streams say when they are whole, so that one that does not was cut. */
const SAY_WHEN_WHOLE: ReadonlySet<string> = new Set(['chat', 'completions', 'responses']);

/** Characters of a text that are turned into bytes at a time. */
const PIECE = 1024 * 1024;

/** Follows the body of one answer as the caller takes it, and ends the call with it. No method throws. */
export class AnswerWatch {
  /** While garbage collection would end the call. */
  unread: Unread | undefined;
  readonly #basis: EstimateBasis | undefined;
  readonly #round: number;
  #stream: StreamObserver | undefined;
  #bodyFailed = false;

  constructor(
    private readonly measured: MeasuredCall,
    private readonly answer: Pick<SdkAnswer, 'controller' | 'options'>,
  ) {
    this.#round = measured.round;
    this.#basis = EstimateBasis.of(measured.call, measured.operation, measured.request);
  }

  /** Takes what the SDK has parsed of a stream's next event and returns what the caller gets of it, if anything. */
  chunk(value: unknown): unknown {
    this.#observer.observeChunk(value);
    this.#basis?.chunk(value);
    if (this.#observer.firstOutput) this.measured.call.firstToken();
    return this.measured.asksForUsage ? chunkWithoutUsage(value) : value;
  }

  /** Takes events that were read, of which the caller sees nothing. */
  seen(events: readonly SseEvent[]): void {
    for (const event of events) this.#observer.observe(event);
  }

  /** The client gave up on the next event of a stream, and left what had come behind it. */
  gaveUp(error: unknown, [next, ...unread]: readonly SseEvent[]): void {
    if (next !== undefined) this.#observer.observe(next);
    const { failure, malformed } = this.#observer;
    if (failure !== undefined || malformed) this.left(unread);
    else this.streamFailed(error, false);
  }

  /** True once the stream has told that its answers are whole. */
  get isFinished(): boolean {
    return this.#observer.finished;
  }

  /** True once the stream has told its usage. */
  get hasUsage(): boolean {
    return this.#observer.result().usage !== undefined;
  }

  /** Takes the next event of a stream and returns the bytes that the caller gets of it, if any. */
  event(event: SseEvent): Uint8Array | undefined {
    this.#observer.observe(event);
    this.#basis?.event(event);
    if (this.#observer.firstOutput) this.measured.call.firstToken();
    return this.measured.asksForUsage ? withoutUsage(event) : event.raw;
  }

  streamEnded(): void {
    const { finished, failure, malformed } = this.#observer;
    if (failure !== undefined) this.#fail(failure);
    else if (finished || !SAY_WHEN_WHOLE.has(this.measured.operation)) this.#call?.complete(this.#result());
    else this.#fail({ errorType: malformed ? 'stream_error' : 'stream_interrupted' });
  }

  streamFailed(error: unknown, isAborted = this.isAborted): void {
    if (isAborted) {
      this.left([]);
      return;
    }
    const { errorType, errorName } = classifyError(error);
    const isTimeout = errorType === 'timeout';
    this.#fail(this.#observer.failure ?? { errorType: isTimeout ? errorType : 'stream_interrupted', errorName });
  }

  /** The reader went away: the caller broke off, or the client gave up on what it read. `unread` had come already. */
  left(unread: readonly SseEvent[]): void {
    const { failure, malformed, finished, ended } = this.#observer;
    for (const event of unread) {
      this.#observer.observe(event);
      this.#basis?.event(event);
    }
    const result = this.#result();
    if (failure !== undefined) this.#fail(failure);
    else if (malformed) this.#fail({ errorType: 'stream_error' });
    else if (finished) this.#call?.complete(result, ended ? 'not_sent' : 'aborted');
    else this.#call?.abort(result);
  }

  /** Takes an answer that came whole; undefined where it is not JSON. */
  whole(answer: unknown): void {
    const { call, reader } = this.measured;
    const { result, failure, missing } = reader.whole(answer, call.countedFor);
    tieCorrelationId(answer, call.identity);
    if (failure !== undefined) this.#call?.fail(failure, result);
    else if (missing !== undefined) this.#call?.complete(result, missing);
    else this.#call?.complete(this.#basis?.whole(result, answer) ?? result);
  }

  /** What is to read the answer's bytes as the caller takes them; undefined when they tell nothing. */
  body(isJson: boolean): AnswerBody | undefined {
    const { call, reader } = this.measured;
    return reader.body(isJson, call);
  }

  /** Takes what was read of an answer that the caller has taken as bytes, all of them. */
  taken(body: AnswerBody | undefined): void {
    const { result, failure, missing, answer } = body?.end() ?? { result: {} };
    if (failure !== undefined) this.#call?.fail(failure, result);
    else if (missing !== undefined) this.#call?.complete(result, missing);
    else this.#call?.complete(this.#basis?.whole(result, answer) ?? result);
  }

  /** Takes an answer that came as text which is no JSON. */
  text(text: string): void {
    const body = this.body(false);
    if (body !== undefined) {
      for (let at = 0; at < text.length; at += PIECE) body.push(Buffer.from(text.slice(at, at + PIECE)));
    }
    this.taken(body);
  }

  /** Takes an answer that came as JSON text; clients read an empty one as no answer and give up on anything else. */
  json(text: string): void {
    if (this.measured.reader.asksForOutput) this.text(text);
    else if (text === '') this.whole(undefined);
    else {
      try {
        this.whole(JSON.parse(text));
      } catch (error) {
        this.unreadable(error);
      }
    }
  }

  /** The body stopped before its end. */
  bodyFailed(error: unknown): void {
    this.#bodyFailed = true;
    if (this.#isAbortedByCaller) this.#call?.abort();
    else if (this.isAborted) this.#bodyTimedOut();
    else {
      const failure = classifyError(error);
      const isConnection = failure.errorType === 'unknown' && failure.errorName !== 'SyntaxError';
      this.#call?.fail(isConnection ? { ...failure, errorType: 'connection' } : failure);
    }
  }

  /** Whoever read the body itself could not: it stopped, or is not what it is to be. */
  readFailed(error: unknown): void {
    if (error instanceof SyntaxError) this.unreadable(error);
    else this.bodyFailed(error);
  }

  /** The body could not be read as what it is to be. Nothing new if that is because it stopped. */
  unreadable(error: unknown): void {
    if (!this.#bodyFailed) this.#call?.fail(classifyError(error));
  }

  /** Only the SDK's own time limit is left as a cause. It may try again, which it decides within this turn. */
  #bodyTimedOut(): void {
    this.measured.attempts.timedOut();
    setImmediate(() => {
      if (!this.measured.retrying) {
        this.#call?.fail({ errorType: 'timeout', errorName: 'APIConnectionTimeoutError' });
      }
    });
  }

  /** Whether a body that fails now does so because the caller or the client aborted it. */
  get isAborted(): boolean {
    return this.answer.controller.signal.aborted || this.#isAbortedByCaller;
  }

  get #observer(): StreamObserver {
    return (this.#stream ??= new StreamObserver({ choices: this.measured.choices }));
  }

  #fail(failure: CallFailure): void {
    this.#call?.fail(failure, this.#result());
  }

  #result(): CallResult {
    const result = this.measured.reader.streamed(this.#observer.result());
    return this.#basis?.streamed(result) ?? result;
  }

  get #isAbortedByCaller(): boolean {
    return this.answer.options.signal?.aborted === true;
  }

  /** The call, unless a later attempt's answer has taken this one's place. */
  get #call(): MeasuredCall['call'] | undefined {
    return this.measured.round === this.#round ? this.measured.call : undefined;
  }
}
