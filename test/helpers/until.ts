import { setTimeout as wait } from 'node:timers/promises';

/** Resolves once the condition holds; rejects, saying what it waited for, when it does not within ten seconds. */
export async function until(condition: () => boolean, what: string): Promise<void> {
  const giveUpAt = performance.now() + 10_000;
  while (!condition()) {
    if (performance.now() > giveUpAt) throw new Error(`waited in vain for ${what}`);
    await wait(2);
  }
}
