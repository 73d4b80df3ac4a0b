import { execFile } from 'node:child_process';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { messageOf } from '../../errors.js';
import type { Environment } from './findProgram.js';

const run = promisify(execFile);
const MINUTE = 60_000;

/** Knows how to unpack a distribution's packages into a folder, installing nothing. */
export interface Apt {
  /** Resolves to the names that the package depends on. Throws with apt's own last words. */
  unpack(name: string): Promise<readonly string[]>;
}

/** A dead mirror must not hold `npm start` for minutes; the sandbox user can't write to a user's folders. */
const BOUNDS = {
  'Acquire::http::Timeout': '20',
  'Acquire::https::Timeout': '20',
  'Acquire::Retries': '2',
  'APT::Sandbox::User': 'root',
} as const;

/**
 * apt with its state in `work` and what it unpacks in `work/tree`. Needs no rights, changes no state of the system's
 * package manager and runs no package's scripts, so that no service is started.
 */
export async function aptInto(work: string, env: Environment): Promise<Apt> {
  const debs = join(work, 'debs');
  for (const each of [debs, join(work, 'lists/partial'), join(work, 'cache/archives/partial')]) {
    await mkdir(each, { recursive: true });
  }
  const settings = { cwd: debs, env: { ...env, LC_ALL: 'C' }, timeout: 2 * MINUTE, killSignal: 'SIGKILL' } as const;
  const base = options({ 'Dir::Cache': join(work, 'cache'), ...BOUNDS });
  const ownLists = options({ 'Dir::State::Lists': join(work, 'lists') });
  const apt = async (lists: readonly string[], ...args: readonly string[]) => {
    try {
      await run('apt-get', [...base, ...lists, '-qq', ...args], settings);
    } catch (error) {
      throw new Error(lastWords(error), { cause: error });
    }
  };

  let updated: Promise<unknown> | undefined;
  const downloadWithFreshLists = async (name: string) => {
    // A source that can't be reached fails the update, but the package may be in another one.
    updated ??= apt(ownLists, 'update').catch(() => undefined);
    await updated;
    await apt(ownLists, 'download', name);
  };
  const download = async (name: string) => {
    // The system's own lists save an update, where they are there and not too old.
    if (updated === undefined) await apt([], 'download', name).catch(() => downloadWithFreshLists(name));
    else await downloadWithFreshLists(name);
  };

  return {
    async unpack(name) {
      await download(name);
      const dependencies: string[] = [];
      for (const deb of await readdir(debs)) {
        await run('dpkg-deb', ['-x', deb, join(work, 'tree')], settings);
        const { stdout } = await run('dpkg-deb', ['-f', deb, 'Depends'], settings);
        dependencies.push(...stdout.split(',').flatMap((each) => /^\s*([a-z0-9][a-z0-9.+-]*)/.exec(each)?.[1] ?? []));
        await rm(join(debs, deb));
      }
      return dependencies;
    },
  };
}

function options(values: Readonly<Record<string, string>>): string[] {
  return Object.entries(values).flatMap(([key, value]) => ['-o', `${key}=${value}`]);
}

function lastWords(error: unknown): string {
  if (typeof error !== 'object' || error === null) return messageOf(error);
  if ('killed' in error && error.killed === true) return 'apt-get took too long';
  const stderr = 'stderr' in error && typeof error.stderr === 'string' ? error.stderr : '';
  const complaints = stderr.split('\n').filter((line) => /^[EW]:/.test(line));
  return complaints.at(-1)?.replace(/^[EW]:\s*/, '') ?? messageOf(error);
}
