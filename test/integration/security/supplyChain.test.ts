import { execFile } from 'node:child_process';
import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { committed, ROOT } from '../../helpers/repository.js';
import { temporaryFolder, type TemporaryFolder } from '../../helpers/temporaryFolder.js';

const run = promisify(execFile);
const options = { cwd: ROOT, maxBuffer: 64 * 2 ** 20 };
const lockfile = z
  .object({
    packages: z.record(
      z.string(),
      z.looseObject({ dev: z.boolean().optional(), peer: z.boolean().optional(), version: z.string().optional() }),
    ),
  })
  .parse(JSON.parse(committed('package-lock.json')));

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  folder.remove();
});

test('npm pack makes the same bytes again, whenever the files were written', async () => {
  const pack = async (): Promise<unknown> => {
    const { stdout } = await run(
      'npm',
      ['pack', '--ignore-scripts', '--json', '--pack-destination', folder.path],
      options,
    );
    return z.array(z.object({ integrity: z.string().startsWith('sha512-') })).parse(JSON.parse(stdout))[0]?.integrity;
  };
  const first = await pack();
  const now = new Date();
  utimesSync(join(ROOT, 'dist/index.js'), now, now);
  expect(await pack()).toBe(first);
});

test('npm run sbom lists every production dependency with its version, as CycloneDX', async () => {
  const { stdout } = await run('npm', ['run', '--silent', 'sbom'], options);
  const { components } = z
    .object({ bomFormat: z.literal('CycloneDX'), components: z.array(z.looseObject({ purl: z.string() })) })
    .parse(JSON.parse(stdout));
  const listed = new Set(components.map(({ purl }) => decodeURIComponent(purl.replace(/^pkg:npm\//, ''))));
  const shipped = Object.entries(lockfile.packages).filter(([path, { dev, peer }]) => path !== '' && !dev && !peer);
  const wanted = shipped.map(
    ([path, { version }]) => `${path.slice(path.lastIndexOf('node_modules/') + 13)}@${version}`,
  );
  expect(wanted.filter((each) => !listed.has(each))).toEqual([]);
  expect(listed).not.toContain(`jest@${lockfile.packages['node_modules/jest']?.version}`);
});

/** The first of each major version in which CVE-2026-1525 is mended: https://osv.dev/vulnerability/GHSA-2mjp-6q6p-2qxm */
const MENDED_UNDICI: Readonly<Record<string, string>> = { 6: '6.24.0', 7: '7.24.0', 8: '8.0.0' };

test('every undici in the lockfile is one in which requests can not be smuggled by two lengths', () => {
  const locked = Object.entries(lockfile.packages).filter(([path]) => path.endsWith('node_modules/undici'));
  const versions = locked.map(([, { version = '' }]) => version);
  const isMended = (version: string): boolean => {
    const first = MENDED_UNDICI[version.split('.')[0] ?? ''];
    return first !== undefined && first.localeCompare(version, 'en', { numeric: true }) <= 0;
  };
  expect(versions).toContain(lockfile.packages['node_modules/undici']?.version);
  expect(versions.filter((version) => !isMended(version))).toEqual([]);
});

const good = { version: '1.0.0', license: 'MIT', integrity: 'sha512-x' };

test.each([
  [
    'a licence that asks for more',
    { ...good, license: 'GPL-3.0-only' },
    'has the licence GPL-3.0-only; use another package',
  ],
  ['two licences of which one does', { ...good, license: 'MIT AND AGPL-3.0' }, 'has the licence MIT AND AGPL-3.0'],
  ['no licence', { version: '1.0.0', integrity: 'sha512-x' }, 'has the licence of nobody'],
  ['no hash', { version: '1.0.0', license: 'MIT' }, 'has no integrity'],
  ['a host', { ...good, resolved: 'https://packages.example/a.tgz' }, 'names a host'],
])('a dependency with %s fails the build', async (_name, dependency, problem) => {
  folder.write('package-lock.json', JSON.stringify({ packages: { '': {}, 'node_modules/a': dependency } }));
  const checked = run(process.execPath, [join(ROOT, 'scripts/check-licenses.mjs')], { cwd: folder.path });
  await expect(checked).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining(`licences: node_modules/a ${problem}`) as string,
  });
});

test.each([
  ['a choice of licences of which one is allowed', { ...good, license: '(GPL-2.0 OR MIT)' }],
  ['whatever licence, only for development', { ...good, license: 'GPL-3.0-only', dev: true }],
])('a dependency with %s does not', async (_name, dependency) => {
  folder.write('package-lock.json', JSON.stringify({ packages: { '': {}, 'node_modules/a': dependency } }));
  await expect(
    run(process.execPath, [join(ROOT, 'scripts/check-licenses.mjs')], { cwd: folder.path }),
  ).resolves.toBeDefined();
});
