import { tieCorrelationId } from '../monitor/correlationIds.js';
import { AnswerWatch } from './AnswerWatch.js';
import type { MeasuredCall } from './MeasuredCall.js';
import type { SdkAnswer, SdkRequest } from './seam.js';
import { tellOf } from './tellStreams.js';
import { endsByItself, endWithGarbage } from './unread.js';
import { watchResponse } from './watchResponse.js';

type Parse = (answer: SdkAnswer) => Promise<unknown>;

/**
 * An answer with which a call ends. What the SDK parses of JSON is told by what it makes of it, with the response as it
 * came; whoever else takes the response gets it watched.
 */
export class WatchedAnswer implements SdkAnswer {
  readonly options: SdkRequest;
  readonly controller: AbortController;
  readonly requestLogID: unknown;
  readonly retryOfRequestLogID: unknown;
  readonly startTime: unknown;
  readonly #watch: AnswerWatch;
  readonly #isJson: boolean;
  #response: 'untouched' | 'told of' | 'watched' = 'untouched';

  constructor(
    private readonly answer: SdkAnswer,
    private readonly measured: MeasuredCall,
  ) {
    const { response, options, controller } = answer;
    this.options = options;
    this.controller = controller;
    this.requestLogID = answer.requestLogID;
    this.retryOfRequestLogID = answer.retryOfRequestLogID;
    this.startTime = answer.startTime;
    this.#isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
    this.#watch = new AnswerWatch(measured, { options, controller });
    if (!this.#isJson && isEmpty(response)) this.#endEmpty();
    else endWithGarbage(response, this.#watch);
  }

  get response(): Response {
    this.#take();
    return this.answer.response;
  }

  /** The answer itself, for an SDK that hands around no other object, or whose parsing isn't known: watched at once. */
  taken(): SdkAnswer {
    this.#take();
    return this.answer;
  }

  /** What `parse`, which is the SDK's, makes of the answer. */
  parsed(parse: Parse): Promise<unknown> {
    if (this.measured.call.streaming) return this.#streamed(parse);
    return this.#response === 'untouched' && this.#isJson ? this.#told(parse) : parse(this);
  }

  async #streamed(parse: Parse): Promise<unknown> {
    const stream = await parse(this);
    tellOf(stream, this.answer.response);
    return stream;
  }

  async #told(parse: Parse): Promise<unknown> {
    this.#response = 'told of';
    // What is being read ends by itself, whether or not anybody still has the response.
    endsByItself(this.#watch);
    try {
      const value = await parse(this.answer);
      if (value === this.answer.response) return this.#untold();
      this.#watch.whole(value);
      return value;
    } catch (error) {
      if (isEmpty(this.answer.response)) this.#watch.whole(undefined);
      else this.#watch.readFailed(error);
      throw error;
    }
  }

  /** The SDK has read nothing: the response is what the caller asked for. */
  #untold(): Response {
    this.#response = 'untouched';
    endWithGarbage(this.answer.response, this.#watch);
    return this.response;
  }

  #take(): void {
    const { response, controller } = this.answer;
    const { streaming, identity } = this.measured.call;
    tieCorrelationId(response, identity);
    // The SDK's stream is made later and has this controller; an answer that comes whole is tied itself.
    if (streaming) tieCorrelationId(controller, identity);
    if (this.#response !== 'untouched') return;
    if (isEmpty(response)) {
      this.#endEmpty();
      return;
    }
    this.#response = 'watched';
    watchResponse(response, this.#watch, streaming);
  }

  #endEmpty(): void {
    this.#response = 'told of';
    endsByItself(this.#watch);
    this.#watch.whole(undefined);
  }
}

/** The SDK takes none of these bodies, so that their end would never be seen. */
function isEmpty({ body, status, headers }: Response): boolean {
  return body === null || status === 204 || headers.get('content-length') === '0';
}
