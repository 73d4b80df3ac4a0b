import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../../src/cli/run.js';
import { BANNER } from '../../../src/generators/GeneratedFile.js';
import { temporaryFolder, type TemporaryFolder } from '../../helpers/temporaryFolder.js';
import { testIo } from '../../helpers/testIo.js';

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  folder.remove();
});

const promptmeter = async (...args: string[]) => {
  const io = testIo({ cwd: folder.path });
  const exitCode = await run(args, io);
  return { exitCode, out: io.out.join('\n'), err: io.err.join('\n') };
};
const read = (path: string) => readFileSync(join(folder.path, path), 'utf8');

test('generate writes dashboards and alerts and names each file, then finds nothing more to do', async () => {
  const first = await promptmeter('generate');
  expect(first.exitCode).toBe(0);
  expect(first.out.split('\n')).toEqual(
    expect.arrayContaining(['added alerts/latency.yml', 'added dashboards/overview.json']),
  );
  expect(readdirSync(join(folder.path, 'alerts')).every((name) => !name.includes('.new-'))).toBe(true);
  const second = await promptmeter('generate');
  expect(second).toMatchObject({ exitCode: 0, out: '' });
  expect(second.err).toMatch(/^All \d+ generated files are up to date\.$/);
});

test('generate --check writes nothing, shows the diff and the first path of a dashboard that differs, and ends with 1', async () => {
  await promptmeter('generate');
  folder.write('promptmeter.yaml', 'thresholds: { defaults: { errorRatio: { warning: 0.07 } } }');
  const dashboard = read('dashboards/overview.json').replace('"title": "AI calls / Overview"', '"title": "Mine"');
  folder.write('dashboards/overview.json', dashboard);
  const alerts = read('alerts/errors.yml');

  const { exitCode, out, err } = await promptmeter('generate', '--check');
  expect(exitCode).toBe(1);
  expect(out).toMatch(/^-.*> 0\.05$/m);
  expect(out).toMatch(/^\+.*> 0\.07$/m);
  expect(out).toContain('--- a/alerts/errors.yml\n+++ b/alerts/errors.yml\n@@');
  expect(out).toMatch(/^dashboards\/overview\.json differs first at \S+/m);
  expect(err).toMatch(/^promptmeter: \d+ generated files differ; run `promptmeter generate` and commit the result$/);
  expect(read('alerts/errors.yml')).toBe(alerts);
  expect(read('dashboards/overview.json')).toBe(dashboard);
});

test('generate removes what is no longer generated and leaves what others wrote', async () => {
  await promptmeter('generate');
  folder.write('alerts/old.yml', `# ${BANNER}\ngroups: []\n`);
  folder.write('dashboards/old.json', '{ "title": "Old", "tags": ["generated"] }');
  folder.write('alerts/own.yml', 'groups: []\n');
  folder.write('dashboards/own.json', '{ "title": "Own", "tags": [] }');

  const check = await promptmeter('generate', '--check', '--json');
  expect(check.exitCode).toBe(1);
  expect(JSON.parse(check.out)).toEqual({
    changes: [
      { path: 'alerts/old.yml', change: 'removed' },
      { path: 'dashboards/old.json', change: 'removed' },
    ],
  });
  expect((await promptmeter('generate')).out).toBe('removed alerts/old.yml\nremoved dashboards/old.json');
  const exists = (path: string) => existsSync(join(folder.path, path));
  expect(['alerts/old.yml', 'dashboards/old.json', 'alerts/own.yml', 'dashboards/own.json'].map(exists)).toEqual([
    false,
    false,
    true,
    true,
  ]);
});

test('generate fills the generated section of a page and leaves the rest of it', async () => {
  folder.write('README.md', 'Before\n<!-- generated:metrics -->\nno table yet\n<!-- /generated:metrics -->\nAfter\n');
  await promptmeter('generate');
  const page = read('README.md');
  expect(page).toMatch(/^Before\n<!-- generated:metrics -->\n\| Metric/);
  expect(page).toMatch(/\n<!-- \/generated:metrics -->\nAfter\n$/);
  expect(page).not.toContain('no table yet');
});

test('generate says so when a page has lost the marks of its section, and changes nothing', async () => {
  folder.write('README.md', 'No marks here\n');
  expect(await promptmeter('generate')).toEqual({
    exitCode: 1,
    out: '',
    err: 'promptmeter: README.md has lost the marks <!-- generated:metrics --> and <!-- /generated:metrics -->; put them where the text belongs',
  });
  expect(readdirSync(folder.path)).toEqual(['README.md']);
});

test('generate leaves what was measured in a page that it writes, and has a place for it in a new one', async () => {
  await promptmeter('generate');
  const none = 'Not measured yet: `npm run scenarios` does.';
  expect(read('docs/alerts.md')).toContain(`<!-- generated:scenarios -->\n${none}\n<!-- /generated:scenarios -->`);
  folder.write('docs/alerts.md', read('docs/alerts.md').replace(none, 'Measured').replace('# Alerts', '# Changed'));
  expect((await promptmeter('generate')).out).toBe('changed docs/alerts.md');
  expect(read('docs/alerts.md')).toContain('<!-- generated:scenarios -->\nMeasured\n<!-- /generated:scenarios -->');
  expect(read('docs/alerts.md')).toContain('# Alerts');
});

test('generate changes no file when one of them can not be written', async () => {
  await promptmeter('generate');
  folder.write('promptmeter.yaml', 'thresholds: { defaults: { errorRatio: { warning: 0.07 } } }');
  const alerts = read('alerts/errors.yml');
  // A folder stands where the file is first written.
  folder.write(`docs/alerts.md.new-${process.pid}/in-the-way`, '');
  const { exitCode, err } = await promptmeter('generate');
  expect(exitCode).toBe(1);
  expect(err).toContain("the generated files can't be written");
  expect(read('alerts/errors.yml')).toBe(alerts);
});

describe('generate --target kubernetes', () => {
  test('writes the objects into kubernetes/ and nothing else, and can check them', async () => {
    const first = await promptmeter('generate', '--target', 'kubernetes', '--namespace', 'monitoring');
    expect(first.exitCode).toBe(0);
    expect(readdirSync(folder.path)).toEqual(['kubernetes']);
    expect(read('kubernetes/dashboard-overview.yaml')).toContain('namespace: monitoring');
    expect(
      (await promptmeter('generate', '--target', 'kubernetes', '--namespace', 'monitoring', '--check')).exitCode,
    ).toBe(0);
    const { exitCode, err } = await promptmeter('generate', '--target', 'kubernetes', '--check');
    expect(exitCode).toBe(1);
    expect(err).toContain('run `promptmeter generate --target kubernetes` and commit the result');
  });

  test('leaves dashboards and alerts alone, and removes its own objects that are no longer generated', async () => {
    await promptmeter('generate');
    folder.write('kubernetes/dashboard-old.yaml', `# ${BANNER}\nkind: ConfigMap\n`);
    const { out } = await promptmeter('generate', '--target', 'kubernetes');
    expect(out).toContain('removed kubernetes/dashboard-old.yaml');
    expect(out).not.toMatch(/(dashboards|alerts)\//);
    expect(existsSync(join(folder.path, 'dashboards/overview.json'))).toBe(true);
  });

  test.each([
    [['--namespace', 'monitoring'], '--namespace and --label are about objects of Kubernetes; add --target kubernetes'],
    [['--target', 'helm'], "argument 'helm' is invalid. Allowed choices are files, kubernetes"],
    [['--target', 'kubernetes', '--namespace', 'Not OK'], 'A name of up to 63 small letters, digits and - is allowed'],
    [['--target', 'kubernetes', '--label', 'release'], 'It must be such as release=prometheus'],
  ])('%j is refused with what is allowed', async (words, sentence) => {
    const { exitCode, err } = await promptmeter('generate', ...words);
    expect(exitCode).toBe(64);
    expect(err).toContain(sentence);
    expect(readdirSync(folder.path)).toEqual([]);
  });
});
