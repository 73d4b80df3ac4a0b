import type { AnswerWatch } from './AnswerWatch.js';
import type { BodyWays } from './bodyWays.js';
import { copyOf, responseOver } from './madeResponse.js';
import type { Bytes } from './streamWays.js';
import { endsByItself, endWithGarbage } from './unread.js';
import { watchedWhole, type WholeOptions } from './watchedStream.js';

/**
 * An answer that comes whole is read by the response's own `json()` or `text()`, which is what the SDK does; only for
 * somebody who takes another way is there a stream of our own between.
 */
export class WholeWays implements BodyWays {
  readonly #options: WholeOptions;
  /** Reads past what stands in front of the response's class by then. */
  readonly #own: Response;
  /** True once the response's own way was taken. */
  #direct = false;
  #inner: Response | undefined;

  constructor(
    private readonly response: Response,
    private readonly source: Bytes,
    private readonly watch: AnswerWatch,
    private readonly isJson: boolean,
  ) {
    this.#own = Object.getPrototypeOf(response) as Response;
    this.#options = { atEnd: 'read', isJson };
  }

  body(): Bytes | null {
    return this.#direct ? this.source : this.#taken().body;
  }

  bodyUsed(): boolean {
    return this.#inner === undefined ? Reflect.get(this.#own, 'bodyUsed', this.response) : this.#inner.bodyUsed;
  }

  json(): Promise<unknown> {
    return this.#telling('json', (value) => this.watch.whole(value));
  }

  async text(): Promise<string> {
    const { watch, isJson } = this;
    return String(
      await this.#telling('text', (text) => (isJson ? watch.json(String(text)) : watch.text(String(text)))),
    );
  }

  others(): Response | undefined {
    return this.#direct ? undefined : this.#taken();
  }

  clone(from: Response): Response {
    return copyOf(from, this.response);
  }

  #taken(): Response {
    if (this.#inner !== undefined) return this.#inner;
    const stream = watchedWhole(this.source, this.watch, this.#options);
    endsByItself(this.watch);
    endWithGarbage(stream, this.watch);
    return (this.#inner = responseOver(stream, this.response));
  }

  /** Tells of the value that is read, so that it need not be parsed from the bytes a second time. */
  async #telling(name: 'json' | 'text', tell: (taken: unknown) => void): Promise<unknown> {
    const inner = this.#inner;
    if (this.#direct || inner?.bodyUsed === true || inner?.body?.locked === true) return await this.#read(name);
    if (inner === undefined) {
      this.#direct = true;
      // What is being read ends by itself, whether or not anybody still has the response.
      endsByItself(this.watch);
    }
    this.#options.atEnd = 'told by the reader';
    try {
      const value = await this.#read(name);
      tell(value);
      return value;
    } catch (error) {
      if (this.#direct) this.watch.readFailed(error);
      else this.watch.unreadable(error);
      throw error;
    }
  }

  #read(name: 'json' | 'text'): Promise<unknown> {
    return this.#inner === undefined ? this.#own[name].call(this.response) : this.#inner[name]();
  }
}
