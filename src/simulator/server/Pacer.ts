import { once } from 'node:events';
import type { ServerResponse } from 'node:http';

/** Lets an answer come at the simulated times, and notices when the client leaves. */
export class Pacer {
  readonly #start = performance.now();
  readonly #gone = new AbortController();

  /** `speed` divides every delay; Infinity is no delay at all. */
  constructor(
    private readonly response: ServerResponse,
    private readonly speed: number,
  ) {
    response.once('close', () => this.#gone.abort());
  }

  get gone(): boolean {
    return this.#gone.signal.aborted || this.response.destroyed;
  }

  /** Waits until so many simulated milliseconds after the call came; false when the client left before. */
  async until(ms: number): Promise<boolean> {
    const wait = this.#start + ms / this.speed - performance.now();
    if (wait > 0 && !this.gone) await this.#sleep(wait);
    return !this.gone;
  }

  /** Waits until the client leaves or the server closes. */
  async untilGone(): Promise<void> {
    if (!this.gone) await once(this.#gone.signal, 'abort');
  }

  /** Writes no faster than the client reads; false when the client left. */
  async write(bytes: string | Buffer): Promise<boolean> {
    if (this.gone) return false;
    if (!this.response.write(bytes)) await this.#drained();
    return !this.gone;
  }

  #sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#gone.signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.#gone.signal.addEventListener('abort', done);
    });
  }

  async #drained(): Promise<void> {
    await once(this.response, 'drain', { signal: this.#gone.signal }).catch(() => undefined);
  }
}
