import { setTimeout as wait } from 'node:timers/promises';

/** Asks until the answer is there, for a minute and a half at most; rejects with what it waited for and the last error. */
export async function eventually<T>(what: string, ask: () => Promise<T | undefined>): Promise<T> {
  const giveUpAt = performance.now() + 90_000;
  let last: unknown;
  while (performance.now() < giveUpAt) {
    try {
      const answer = await ask();
      if (answer !== undefined) return answer;
    } catch (error) {
      last = error;
    }
    await wait(250);
  }
  throw new Error(`waited in vain for ${what}`, { cause: last });
}
