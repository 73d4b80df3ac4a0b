const FIRST_MS = 100;
const LONGEST_MS = 10_000;
/** What ran this long did not die of its start. */
const HEALTHY_MS = 10_000;

/** How long to wait before what died is started again: twice as long each time that it dies soon. */
export class BackOff {
  #waitMs = FIRST_MS;

  /** Milliseconds to wait after something that ran for so many. */
  next(ranMs: number): number {
    if (ranMs >= HEALTHY_MS) this.#waitMs = FIRST_MS;
    const waitMs = this.#waitMs;
    this.#waitMs = Math.min(LONGEST_MS, 2 * waitMs);
    return waitMs;
  }
}
