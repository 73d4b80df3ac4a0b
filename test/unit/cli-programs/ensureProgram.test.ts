import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureProgram } from '../../../src/cli/programs/ensureProgram.js';
import { findProgram } from '../../../src/cli/programs/findProgram.js';

const SYSTEM_PATH = '/usr/bin:/bin';
let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'programs-'));
});
afterEach(() => rm(root, { recursive: true }));

async function executable(folder: string, name: string, body = 'exit 0'): Promise<string> {
  await mkdir(join(root, folder), { recursive: true });
  await writeFile(join(root, folder, name), `#!/bin/sh\n${body}\n`, { mode: 0o755 });
  return join(root, folder, name);
}

/** A package manager whose packages hold one program each, under the package's own name, that prints a shared file. */
async function packageManager(download = 'touch "$3.deb"'): Promise<void> {
  // apt-get is called with any number of `-o key=value`, then -qq and the command.
  await executable('system', 'apt-get', `while [ "$1" = -o ]; do shift 2; done\n${download}`);
  await executable(
    'system',
    'dpkg-deb',
    `[ "$1" = -x ] || exit 0
mkdir -p "$3/usr/bin" "$3/usr/share/prometheus"
echo "a page" > "$3/usr/share/prometheus/page"
name=$(basename "$2" .deb)
printf '#!/bin/sh\\ncat /usr/share/prometheus/page\\n' > "$3/usr/bin/$name"
chmod +x "$3/usr/bin/$name"`,
  );
}

const environment = (path: string) => ({ PATH: path, XDG_CACHE_HOME: join(root, 'cache') });
const fetchable = () => environment(`${join(root, 'system')}:${SYSTEM_PATH}`);
const cached = (file: string) => join(root, 'cache/promptmeter/programs', file);

describe('findProgram', () => {
  it('prefers the folder PROMPTMETER_PROGRAMS to the PATH and the PATH to the cache', async () => {
    const inCache = await executable('cache/promptmeter/programs', 'prometheus');
    const env = environment(join(root, 'bin'));
    expect(findProgram('prometheus', env)).toBe(inCache);

    const onPath = await executable('bin', 'prometheus');
    expect(findProgram('prometheus', env)).toBe(onPath);

    const own = await executable('own', 'prometheus');
    expect(findProgram('prometheus', { ...env, PROMPTMETER_PROGRAMS: join(root, 'own') })).toBe(own);
  });

  it('knows Alertmanager under the name that Debian gives it', async () => {
    const path = await executable('bin', 'prometheus-alertmanager');
    expect(findProgram('alertmanager', environment(join(root, 'bin')))).toBe(path);
  });

  it('passes over folders and files that cannot be executed', async () => {
    await mkdir(join(root, 'bin/prometheus'), { recursive: true });
    await writeFile(join(root, 'bin/promtool'), 'text');
    expect(findProgram('prometheus', environment(join(root, 'bin')))).toBeUndefined();
    expect(findProgram('promtool', environment(join(root, 'bin')))).toBeUndefined();
  });
});

describe('ensureProgram', () => {
  it('says nothing about a program that is already here', async () => {
    const path = await executable('bin', 'amtool');
    const said: string[] = [];
    await expect(ensureProgram('amtool', (line) => said.push(line), environment(join(root, 'bin')))).resolves.toBe(
      path,
    );
    expect(said).toEqual([]);
  });

  it('fetches every missing program in one go, into the cache', async () => {
    await packageManager();
    const said: string[] = [];
    const path = await ensureProgram('alertmanager', (line) => said.push(line), fetchable());
    expect(path).toBe(cached('alertmanager'));
    expect(findProgram('prometheus', fetchable())).toBe(cached('prometheus'));
    expect(findProgram('promtool', fetchable())).toBe(cached('promtool'));
    expect(said[0]).toMatch(/^fetching prometheus, promtool, alertmanager/);
  });

  it('leaves whole programs and nothing else when two fetch at once', async () => {
    await packageManager();
    const both = [1, 2].map(() => ensureProgram('prometheus', () => undefined, fetchable()));
    await expect(Promise.all(both)).resolves.toEqual([cached('prometheus'), cached('prometheus')]);
    const names = ['alertmanager', 'alertmanager.d', 'prometheus', 'prometheus.d', 'promtool'];
    expect((await readdir(cached('.'))).sort()).toEqual(names);
  });

  it.each(['prometheus', 'alertmanager'] as const)(
    'gives %s the files that it would read from /usr/share if it were installed',
    async (name) => {
      await packageManager();
      const path = await ensureProgram(name, () => undefined, fetchable());
      expect(execFileSync(path, { cwd: '/', encoding: 'utf8' })).toBe('a page\n');
    },
  );

  it('asks for fresh package lists when the ones that are there are too old', async () => {
    await packageManager(`[ "$2" = update ] && { touch ${root}/fresh; exit; }
[ -e ${root}/fresh ] || { echo "E: Failed to fetch: 404" >&2; exit 100; }
touch "$3.deb"`);
    await expect(ensureProgram('prometheus', () => undefined, fetchable())).resolves.toBe(cached('prometheus'));
  });

  it("hands on the package manager's own last words", async () => {
    await packageManager('echo "W: old lists" >&2; echo "E: Unable to locate package $3" >&2; exit 100');
    await expect(ensureProgram('prometheus', () => undefined, fetchable())).rejects.toThrow(
      /^prometheus could not be fetched \(Unable to locate package .*\); get it from https/,
    );
  });

  it('names what the packages do not hold', async () => {
    await packageManager();
    await expect(ensureProgram('amtool', () => undefined, fetchable())).rejects.toThrow(
      /^amtool is not in this system's packages; get it from/,
    );
  });

  it('says where to get a program on a system without these packages', async () => {
    await expect(ensureProgram('prometheus', () => undefined, environment(join(root, 'bin')))).rejects.toThrow(
      /put prometheus on the PATH, or name its folder in PROMPTMETER_PROGRAMS$/,
    );
  });
});
