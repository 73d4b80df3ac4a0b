import { JsonBody } from '../../openai/JsonBody.js';
import { parseJson } from '../../openai/parseJson.js';
import { SessionObserver } from '../../openai/SessionObserver.js';

/** The type of an event stands within these first bytes of it. */
const HEAD_BYTES = 512;
const TYPE = /^\s*\{\s*(?:"event_id"\s*:\s*"[^"\\]*"\s*,\s*)?"type"\s*:\s*("[^"\\]{1,100}")/;

/** Told of each event of a session. */
export interface EventSink {
  event(event: unknown): void;
  /** An event came whose type tells that it need not be read. */
  other(): void;
}

/** Reads those text messages of a session that may tell something. Of sound and text on its way only the head is looked at. */
export class EventReader {
  #head: Buffer = Buffer.alloc(0);
  #body: JsonBody | undefined;
  #skipping = false;

  constructor(private readonly sink: EventSink) {}

  push(bytes: Buffer, last: boolean): void {
    if (this.#body !== undefined) this.#body.push(bytes);
    else if (!this.#skipping) this.#decide(bytes, last);
    if (last) this.#end();
  }

  #decide(bytes: Buffer, last: boolean): void {
    this.#head = this.#head.length === 0 ? bytes : Buffer.concat([this.#head, bytes]);
    if (this.#head.length < HEAD_BYTES && !last) {
      // A view of a chunk would keep all of the chunk.
      if (this.#head === bytes) this.#head = Buffer.from(bytes);
      return;
    }
    const said = TYPE.exec(this.#head.toString('latin1', 0, HEAD_BYTES))?.[1];
    const type = said === undefined ? undefined : parseJson(said);
    if (typeof type === 'string' && !SessionObserver.tells(type)) {
      this.#skipping = true;
    } else {
      this.#body = new JsonBody();
      this.#body.push(this.#head);
    }
    this.#head = Buffer.alloc(0);
  }

  #end(): void {
    const body = this.#body;
    this.#body = undefined;
    this.#skipping = false;
    if (body === undefined) this.sink.other();
    else this.sink.event(body.end());
  }
}
