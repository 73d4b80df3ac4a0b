import { randomUUID } from 'node:crypto';
import { chmod, copyFile, cp, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { PROGRAMS, type ProgramName } from './names.js';

interface Tool {
  readonly name: ProgramName;
  /** The unpacked program. */
  readonly program: string;
  /** Where it is to be found from now on. */
  readonly folder: string;
}

/** Puts a program that needs no other file into the folder. */
export async function adoptTool({ name, program, folder }: Tool): Promise<void> {
  const ready = join(folder, `.${name}-${randomUUID()}`);
  await copyFile(program, ready);
  await chmod(ready, 0o755);
  await rename(ready, join(folder, PROGRAMS[name].files[0]));
}

/** What of /usr/share a server's web pages and notification templates are made of. */
const SHARED = ['prometheus', 'javascript', 'nodejs', 'fonts-glyphicons', 'fonts'];

/** The raw data of moment-timezone alone is 200 MB; pages load the compiled files beside it. */
const isWanted = (path: string): boolean => basename(path) !== 'data' && !path.endsWith('.map');

/**
 * Debian's builds read pages and templates from this folder, which doesn't exist where the package isn't installed, and
 * Alertmanager refuses to start without it. The copy in the cache reads them through a file descriptor that the starting
 * script opens: a path of the same length, so that the program's layout stays as it is.
 */
const INSTALLED = Buffer.from('/usr/share/prometheus');
const THROUGH_DESCRIPTOR = Buffer.from('/proc/self/fd/9'.padEnd(INSTALLED.length, '/'));

/** Puts a server, the files that it reads and a script that starts it into the folder. */
export async function adoptServer({ name, program, share, folder }: Tool & { readonly share: string }): Promise<void> {
  const home = join(folder, `.${name}-${randomUUID()}`);
  await mkdir(home);
  await writeFile(join(home, name), redirected(await readFile(program)), { mode: 0o755 });
  for (const each of SHARED) {
    if (!(await exists(join(share, each)))) continue;
    await cp(join(share, each), join(home, 'share', each), {
      recursive: true,
      verbatimSymlinks: true,
      filter: isWanted,
    });
  }
  await mkdir(join(home, 'share/prometheus'), { recursive: true });
  // Another process may have been first; what it left is whole, too.
  await rename(home, join(folder, `${name}.d`)).catch(() => rm(home, { recursive: true }));

  const script = join(folder, `.${name}-${randomUUID()}`);
  const start = `#!/bin/sh\nhome=$(dirname "$0")/${name}.d\nexec 9<"$home/share/prometheus"\nexec "$home/${name}" "$@"\n`;
  await writeFile(script, start, { mode: 0o755 });
  await rename(script, join(folder, PROGRAMS[name].files[0]));
}

function redirected(program: Buffer): Buffer {
  for (let at = program.indexOf(INSTALLED); at !== -1; at = program.indexOf(INSTALLED, at)) {
    THROUGH_DESCRIPTOR.copy(program, at);
  }
  return program;
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
