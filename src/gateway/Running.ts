/** Something that runs. */
export interface RunningOne {
  /** Where it is kept; belongs to {@link Running}. */
  slot: number;
}

/**
 * Things that run, and who waits for the last of them to end. Kept in an array, not in a set: a set that is added to and
 * deleted from all the time leaves its old tables behind, which hold on to what ran until the next full collection.
 */
export class Running<T extends RunningOne> {
  readonly #running: T[] = [];
  #waiting: (() => void)[] = [];

  add(one: T): void {
    one.slot = this.#running.push(one) - 1;
  }

  delete(one: T): void {
    if (this.#running[one.slot] !== one) return;
    const last = this.#running.pop();
    if (last !== undefined && last !== one) {
      this.#running[one.slot] = last;
      last.slot = one.slot;
    }
    if (this.#running.length > 0) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }

  all(): T[] {
    return [...this.#running];
  }

  /** Resolves when nothing runs. */
  async none(): Promise<void> {
    if (this.#running.length === 0) return;
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }
}
