/** Lets a bounded number of tasks run at once and a bounded number wait, first come, first served. */
export class Slots {
  #running = 0;
  readonly #queue: (() => void)[] = [];

  constructor(
    private readonly concurrent: number,
    private readonly waiting: number,
  ) {}

  /**
   * Resolves to true when it is the caller's turn, who then must call {@link leave}; to false when too many wait or
   * the signal is aborted before its turn comes.
   */
  async enter(signal?: AbortSignal): Promise<boolean> {
    if (signal?.aborted === true) return false;
    if (this.#running < this.concurrent) {
      this.#running += 1;
      return true;
    }
    if (this.#queue.length >= this.waiting) return false;
    return new Promise((resolve) => {
      const turn = (): void => {
        signal?.removeEventListener('abort', gone);
        resolve(true);
      };
      const gone = (): void => {
        this.#queue.splice(this.#queue.indexOf(turn), 1);
        resolve(false);
      };
      signal?.addEventListener('abort', gone, { once: true });
      this.#queue.push(turn);
    });
  }

  /** Hands the place on to whoever waits longest. */
  leave(): void {
    const next = this.#queue.shift();
    if (next === undefined) this.#running -= 1;
    else next();
  }
}
