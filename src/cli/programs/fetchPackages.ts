import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { messageOf } from '../../errors.js';
import { adoptServer, adoptTool } from './adopt.js';
import { aptInto, type Apt } from './apt.js';
import { findExecutable, type Environment } from './findProgram.js';
import { isServer, PROGRAMS, type ProgramName } from './names.js';

/**
 * Gets the packages that hold the programs and puts the programs into `folder`, each in one rename, so that another
 * process sees a whole program or none.
 *
 * @throws Error with the package manager's own last words when nothing can be had.
 */
export async function fetchPackages(wanted: readonly ProgramName[], folder: string, env: Environment): Promise<void> {
  await mkdir(folder, { recursive: true });
  const work = await mkdtemp(join(tmpdir(), 'promptmeter-fetch-'));
  const tree = join(work, 'tree');
  try {
    await unpackAll(wanted, await aptInto(work, env), tree);
    // Servers first: a folder with them in it is complete.
    for (const name of wanted) {
      const program = unpacked(name, tree);
      if (program === undefined) continue;
      if (isServer(name)) await adoptServer({ name, program, share: join(tree, 'usr/share'), folder });
      else await adoptTool({ name, program, folder });
    }
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function unpackAll(wanted: readonly ProgramName[], apt: Apt, tree: string): Promise<void> {
  const failures: Error[] = [];
  const attempt = (name: string) =>
    apt.unpack(name).catch((error: unknown) => {
      failures.push(new Error(messageOf(error), { cause: error }));
      return [];
    });

  for (const name of wanted) {
    for (const each of PROGRAMS[name].packages) {
      if (unpacked(name, tree) !== undefined) break;
      const dependencies = await attempt(each);
      if (isServer(name)) await unpackPages(dependencies, attempt);
    }
  }
  const [first] = failures;
  if (first !== undefined && wanted.every((name) => unpacked(name, tree) === undefined)) throw first;
}

/** The scripts and fonts of a server's web pages, two levels deep. The server runs without them, so none is needed. */
async function unpackPages(
  dependencies: readonly string[],
  unpack: (name: string) => Promise<readonly string[]>,
): Promise<void> {
  const pages = (names: readonly string[]) => names.filter((name) => /^(libjs|fonts)-/.test(name));
  const seen = new Set<string>();
  const deeper: string[] = [];
  for (const name of pages(dependencies)) {
    seen.add(name);
    deeper.push(...(await unpack(name)));
  }
  for (const name of new Set(pages(deeper))) if (!seen.has(name)) await unpack(name);
}

function unpacked(name: ProgramName, tree: string): string | undefined {
  return findExecutable(PROGRAMS[name].files, [join(tree, 'usr/bin'), join(tree, 'usr/sbin')]);
}
