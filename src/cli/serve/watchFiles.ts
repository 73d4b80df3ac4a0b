import { unwatchFile, watchFile, type Stats } from 'node:fs';

/** Polled, since file systems that are mounted, and links that are swapped, send no events. */
const INTERVAL_MS = 1000;

/** Calls `changed` when one of these files is written, replaced, made or removed, until the returned function is called. */
export function watchFiles(paths: readonly string[], changed: () => void): () => void {
  const listener = (now: Stats, before: Stats): void => {
    if (now.mtimeMs !== before.mtimeMs || now.ino !== before.ino || now.size !== before.size) changed();
  };
  for (const path of paths) watchFile(path, { interval: INTERVAL_MS, persistent: false }, listener);
  return () => {
    for (const path of paths) unwatchFile(path, listener);
  };
}
