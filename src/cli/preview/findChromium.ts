import { MissingServiceError } from '../../errors.js';
import { findExecutable } from '../programs/findProgram.js';
import type { Io } from '../io.js';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'] as const;

/** Where macOS keeps it, which is not on the PATH. */
const FOLDERS = [
  '/Applications/Google Chrome.app/Contents/MacOS',
  '/Applications/Chromium.app/Contents/MacOS',
] as const;

/**
 * A Chromium on this machine.
 * @throws MissingServiceError when there is none.
 */
export function findChromium(env: Io['env']): string {
  const folders = [...(env['PATH'] ?? '').split(':').filter((folder) => folder !== ''), ...FOLDERS];
  const found = findExecutable([...NAMES, 'Google Chrome', 'Chromium'], folders);
  if (found !== undefined) return found;
  throw new MissingServiceError(
    'pictures need Chromium or Chrome; put one on the PATH (on Debian: `apt-get install --no-install-recommends chromium fonts-liberation`)',
  );
}
