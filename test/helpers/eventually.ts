import { setTimeout as wait } from 'node:timers/promises';

/** Asks until the answer is there; rejects with what it waited for and the last error when the seconds have passed. */
export async function eventually<T>(what: string, ask: () => Promise<T | undefined>, seconds = 90): Promise<T> {
  const giveUpAt = performance.now() + seconds * 1000;
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
