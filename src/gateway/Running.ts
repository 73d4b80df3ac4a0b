/** Things that run, and who waits for the last of them to end. */
export class Running<T> {
  readonly #running = new Set<T>();
  #waiting: (() => void)[] = [];

  add(one: T): void {
    this.#running.add(one);
  }

  delete(one: T): void {
    this.#running.delete(one);
    if (this.#running.size > 0) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }

  all(): T[] {
    return [...this.#running];
  }

  /** Resolves when nothing runs. */
  async none(): Promise<void> {
    if (this.#running.size === 0) return;
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }
}
