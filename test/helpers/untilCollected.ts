import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Collects garbage until that has brought something about, or has had time enough to. */
export async function untilCollected(isDone: () => boolean): Promise<void> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let turn = 0; turn < 100 && !isDone(); turn += 1) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    collect();
  }
}
