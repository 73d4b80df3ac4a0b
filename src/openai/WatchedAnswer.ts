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
  readonly #watch: AnswerWatch;
  #response: 'untouched' | 'told of' | 'watched' = 'untouched';

  constructor(
    private readonly answer: SdkAnswer,
    private readonly measured: MeasuredCall,
  ) {
    const { response, ...others } = answer;
    this.options = others.options;
    this.controller = others.controller;
    // An SDK hands around more with it than is known here.
    Object.assign(this, others);
    this.#watch = new AnswerWatch(measured, others);
    endWithGarbage(response, this.#watch);
    // There is nothing that anybody could read.
    if (response.status === 204 || response.body === null) this.#watch.whole(undefined);
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
      if (error instanceof SyntaxError) this.#watch.unreadable(error);
      else this.#watch.bodyFailed(error);
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
    tieCorrelationId(this.answer.response, this.measured.call.correlationId);
    if (this.#response !== 'untouched') return;
    this.#response = 'watched';
    watchResponse(this.answer, this.#watch, this.measured);
  }

  get #isJson(): boolean {
    const { headers } = this.answer.response;
    return (
      headers.get('content-type')?.startsWith('application/json') === true && headers.get('content-length') !== '0'
    );
  }
}
