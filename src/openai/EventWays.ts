import type { AnswerWatch } from './AnswerWatch.js';
import type { BodyWays } from './bodyWays.js';
import { copyOf, responseOver } from './madeResponse.js';
import { EventBody } from './EventBody.js';
import { replaceStreamWays, type Bytes } from './streamWays.js';

/** A stream is read by the SDK past any response, so that one is made only for somebody who asks for another way. */
export class EventWays implements BodyWays {
  readonly events: EventBody;
  #made: Response | undefined;

  constructor(
    private readonly response: Response,
    private readonly source: Bytes,
    watch: AnswerWatch,
  ) {
    this.events = new EventBody(source, watch);
    replaceStreamWays(source, this.events);
  }

  body(): Bytes | null {
    return this.#made === undefined ? this.source : this.#made.body;
  }

  bodyUsed(): boolean {
    return this.events.isUsed || this.#made?.bodyUsed === true;
  }

  json(): Promise<unknown> {
    return this.others().json();
  }

  text(): Promise<string> {
    return this.others().text();
  }

  others(): Response {
    const { isUsed, locked } = this.events;
    return (this.#made ??= isUsed || locked ? spent() : responseOver(this.events.stream(), this.response));
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
