import type { AnswerWatch } from './AnswerWatch.js';
import type { BodyWays } from './bodyWays.js';
import { copyOf, responseOver } from './madeResponse.js';
import { watchedEvents, type WatchedEvents } from './watchedStream.js';

/** A stream is read by the SDK past any response, so that one is made only for somebody who asks for another way. */
export class EventWays implements BodyWays {
  readonly #events: WatchedEvents;
  #made: Response | undefined;

  constructor(
    private readonly response: Response,
    body: ReadableStream<Uint8Array>,
    watch: AnswerWatch,
  ) {
    this.#events = watchedEvents(body, watch);
  }

  body(): ReadableStream<Uint8Array> | null {
    return this.#made === undefined ? this.#events.stream : this.#made.body;
  }

  bodyUsed(): boolean {
    return this.#events.isUsed() || this.#made?.bodyUsed === true;
  }

  json(): Promise<unknown> {
    return this.others().json();
  }

  text(): Promise<string> {
    return this.others().text();
  }

  others(): Response {
    const { stream, isUsed } = this.#events;
    return (this.#made ??= isUsed() || stream.locked ? spent() : responseOver(stream, this.response));
  }

  clone(from: Response): Response {
    return copyOf(from, this.response);
  }
}

/** What fails as a response does whose body was read. */
function spent(): Response {
  const response = new Response('');
  void response.text();
  return response;
}
