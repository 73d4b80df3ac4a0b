import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmod, copyFile, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { messageOf } from '../../errors.js';
import { findExecutable, type Environment } from './findProgram.js';
import { PROGRAMS, type ProgramName } from './names.js';

const run = promisify(execFile);
const MINUTE = 60_000;

/**
 * Downloads the packages that hold the programs with apt-get, unpacks them in a temporary folder and puts the programs
 * into `folder`, each in one rename, so that another process sees a whole program or none. Needs no rights, changes no state of
 * the system's package manager and runs no package's scripts, so no service is started.
 *
 * @throws Error with apt's own last words when nothing can be downloaded.
 */
export async function fetchPackages(wanted: readonly ProgramName[], folder: string, env: Environment): Promise<void> {
  await mkdir(folder, { recursive: true });
  const work = await mkdtemp(join(tmpdir(), 'promptmeter-fetch-'));
  try {
    await unpackAll(wanted, work, env);
    for (const name of wanted) await adopt(name, work, folder);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function unpackAll(wanted: readonly ProgramName[], work: string, env: Environment): Promise<void> {
  const apt = await aptInto(work, env);
  const failures: Error[] = [];
  for (const name of wanted) {
    for (const each of PROGRAMS[name].packages) {
      if (unpacked(name, work) !== undefined) break;
      try {
        await apt.download(each);
      } catch (error) {
        failures.push(new Error(messageOf(error), { cause: error }));
      }
    }
  }
  const [first] = failures;
  if (first !== undefined && wanted.every((name) => unpacked(name, work) === undefined)) throw first;
}

interface Apt {
  /** Downloads one package and unpacks it into `work/tree`. */
  download(name: string): Promise<void>;
}

async function aptInto(work: string, env: Environment): Promise<Apt> {
  const debs = join(work, 'debs');
  for (const each of [debs, join(work, 'lists/partial'), join(work, 'cache/archives/partial')]) {
    await mkdir(each, { recursive: true });
  }
  const base = options({ 'Dir::Cache': join(work, 'cache'), ...BOUNDS });
  const ownLists = options({ 'Dir::State::Lists': join(work, 'lists') });
  const call = async (lists: readonly string[], args: readonly string[]) => {
    const settings = { cwd: debs, env: { ...env, LC_ALL: 'C' }, timeout: 2 * MINUTE, killSignal: 'SIGKILL' } as const;
    try {
      await run('apt-get', [...base, ...lists, '-qq', ...args], settings);
    } catch (error) {
      throw new Error(lastWords(error), { cause: error });
    }
  };

  let updated: Promise<unknown> | undefined;
  const withFreshLists = async (name: string) => {
    // A source that can't be reached fails the update, but the package may be in another one.
    updated ??= call(ownLists, ['update']).catch(() => undefined);
    await updated;
    await call(ownLists, ['download', name]);
  };
  return {
    async download(name) {
      // The system's own lists save an update of half a minute, where they are there and not too old.
      if (updated === undefined) await call([], ['download', name]).catch(() => withFreshLists(name));
      else await withFreshLists(name);
      for (const deb of await readdir(debs)) {
        await run('dpkg-deb', ['-x', join(debs, deb), join(work, 'tree')], { env: { ...env }, timeout: MINUTE });
        await rm(join(debs, deb));
      }
    },
  };
}

/** A dead mirror must not hold `npm start` for minutes; the sandbox user can't write to a user's cache. */
const BOUNDS = {
  'Acquire::http::Timeout': '20',
  'Acquire::https::Timeout': '20',
  'Acquire::Retries': '2',
  'APT::Sandbox::User': 'root',
} as const;

function options(values: Readonly<Record<string, string>>): string[] {
  return Object.entries(values).flatMap(([key, value]) => ['-o', `${key}=${value}`]);
}

function unpacked(name: ProgramName, work: string): string | undefined {
  return findExecutable(PROGRAMS[name].files, [join(work, 'tree/usr/bin'), join(work, 'tree/usr/sbin')]);
}

async function adopt(name: ProgramName, work: string, folder: string): Promise<void> {
  const from = unpacked(name, work);
  if (from === undefined) return;
  const ready = join(folder, `.${name}-${randomUUID()}`);
  await copyFile(from, ready);
  await chmod(ready, 0o755);
  await rename(ready, join(folder, PROGRAMS[name].files[0]));
}

function lastWords(error: unknown): string {
  if (typeof error !== 'object' || error === null) return messageOf(error);
  if ('killed' in error && error.killed === true) return 'apt-get took too long';
  const stderr = 'stderr' in error && typeof error.stderr === 'string' ? error.stderr : '';
  const complaints = stderr.split('\n').filter((line) => /^[EW]:/.test(line));
  return complaints.at(-1)?.replace(/^[EW]:\s*/, '') ?? messageOf(error);
}
