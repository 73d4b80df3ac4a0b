import type { Io } from '../io.js';

/** Resolves when the process is told to stop, or after so many seconds when a number is given. */
export async function stopped(io: Io, afterSeconds?: number): Promise<void> {
  let release = (): void => undefined;
  let timer: NodeJS.Timeout | undefined;
  await new Promise<void>((resolve) => {
    release = io.onStop(() => resolve());
    if (afterSeconds !== undefined) timer = setTimeout(resolve, afterSeconds * 1000);
  });
  clearTimeout(timer);
  release();
}
