import type { EventBody } from './EventBody.js';
import type { ToldStream } from './ToldStream.js';

type Result = IteratorResult<unknown, unknown>;

/**
 * Iterates over what the SDK makes of a stream's events and tells of each as the caller takes it. To parse the bytes a
 * second time would cost more than everything else that is measured.
 */
export class ChunkIterator implements AsyncIterator<unknown, unknown> {
  /** Undefined where the SDK takes the body in a way that is not known, so that its bytes are watched. */
  #told: ToldStream | undefined;
  #isBegun = false;
  #waiting = 0;

  constructor(
    private readonly chunks: AsyncIterator<unknown, unknown>,
    private readonly body: EventBody,
  ) {}

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<Result> {
    this.#waiting += 1;
    const next = this.#isBegun ? this.chunks.next() : this.#begin();
    return this.#told === undefined ? next : next.then(this.#took, this.#failed);
  }

  async return(value?: unknown): Promise<Result> {
    await this.#told?.left(this.#waiting > 0);
    return (await this.chunks.return?.(value)) ?? { done: true, value };
  }

  async throw(error?: unknown): Promise<Result> {
    await this.#told?.left(this.#waiting > 0);
    if (this.chunks.throw === undefined) throw error;
    return await this.chunks.throw(error);
  }

  #begin(): Promise<Result> {
    this.#isBegun = true;
    const { begun, told } = this.body.tellingBy(() => this.chunks.next());
    this.#told = told;
    told?.endWith(this);
    return begun;
  }

  // These are bound once a stream.
  readonly #took = (result: Result): Result | Promise<Result> => {
    this.#waiting -= 1;
    if (result.done === true) return this.#ended(result);
    const value = this.#told?.chunk(result.value);
    if (value === result.value) return result;
    return value === undefined ? this.next() : { done: false, value };
  };

  readonly #failed = async (error: unknown): Promise<never> => {
    this.#waiting -= 1;
    await this.#told?.failed(error);
    throw error;
  };

  #ended(result: Result): Result | Promise<Result> {
    const ending = this.#told?.ended();
    return ending === undefined ? result : ending.then(() => result);
  }
}
