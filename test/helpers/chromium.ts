import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { findChromium } from '../../src/cli/preview/findChromium.js';

const run = promisify(execFile);

/**
 * A Chromium: of this machine, else installed from the packages of a Debian-like system when the tests run as root.
 * Throws, in one sentence, when there is none: tests in a browser are never skipped.
 */
export async function ensureChromium(): Promise<string> {
  try {
    return findChromium(process.env);
  } catch (error) {
    if (process.getuid?.() !== 0) throw error;
    process.stderr.write("installing chromium from this system's packages (once)\n");
    await install().catch((cause: unknown) => {
      throw new Error('chromium could not be installed; run `apt-get install chromium` and the tests again', { cause });
    });
    return findChromium(process.env);
  }
}

async function install(): Promise<void> {
  const args = ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-liberation'];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', args, { env }).catch(async () => {
    await run('apt-get', ['update', '-qq'], { env });
    await run('apt-get', args, { env });
  });
}
