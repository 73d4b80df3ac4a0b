import { chmodSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../../src/cli/run.js';
import { temporaryFolder, type TemporaryFolder } from '../../helpers/temporaryFolder.js';
import { testIo } from '../../helpers/testIo.js';

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  folder.remove();
});

/** Puts a program on the only PATH there is, so that what this machine has makes no difference. */
const install = (name: string, script: string) => {
  folder.write(`bin/${name}`, `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder.path, 'bin', name), 0o755);
};
const check = async (...args: string[]) => {
  const env = { PATH: `${join(folder.path, 'bin')}:/bin:/usr/bin`, XDG_CACHE_HOME: join(folder.path, 'cache') };
  const io = testIo({ cwd: folder.path, env: { ...env, PROMPTMETER_PROGRAMS: join(folder.path, 'bin') } });
  const exitCode = await run(['check', ...args], io);
  return { exitCode, out: io.out, err: io.err };
};

test('check says what it checked, and what it could not and why', async () => {
  folder.write('promptmeter.yaml', '');
  expect(await check()).toEqual({
    exitCode: 0,
    out: [
      'ok      configuration: promptmeter.yaml',
      'skipped alert rules: there is no alerts/*.yml',
      'skipped tests of the alert rules: there is no alerts/tests/*.yml',
      'skipped Prometheus configuration: there is no prometheus/prometheus.yml',
      'skipped Alertmanager configuration: there is no alertmanager/alertmanager.yml',
    ],
    err: [],
  });
});

test('check hands every file to its program and ends with 1 and what the program said when that finds something', async () => {
  folder.write('alerts/a.yml', '');
  folder.write('alerts/b.yml', '');
  folder.write('alertmanager/alertmanager.yml', '');
  install('promtool', 'echo "$4: bad expression" >&2; exit 3');
  install('amtool', 'exit 0');
  const { exitCode, out, err } = await check();
  expect(exitCode).toBe(1);
  expect(out).toEqual(
    expect.arrayContaining([
      'failed  alert rules: promtool check rules alerts/a.yml alerts/b.yml',
      '        alerts/b.yml: bad expression',
      'ok      Alertmanager configuration: amtool check-config alertmanager/alertmanager.yml',
    ]),
  );
  expect(err).toEqual(['promptmeter: correct the alert rules']);
});

test('check prints JSON for programs', async () => {
  const { out } = await check('--json');
  expect(out).toHaveLength(1);
  expect(JSON.parse(out.join(''))).toMatchObject({
    results: [{ check: 'configuration', result: 'ok', detail: 'built-in defaults' }, { result: 'skipped' }, {}, {}, {}],
  });
});

test('check names every mistake of thresholds, objectives, receivers and secrets at once, and writes nothing', async () => {
  folder.write(
    'promptmeter.yaml',
    `
thresholds: { defaults: { errorRatio: { warning: 0.3, critical: 0.1 } } }
slos:
  - { name: web, objective: 0.99, latencyUnder: 1s, where: { app: web } }
  - { name: never, objective: 0.9, period: 30d }
receivers:
  - { name: team, slack: { url: { env: NO_SUCH_VARIABLE } } }
  - { name: ops, opsgenie: { apiKey: { file: /nowhere/key } } }
routing: { critical: [taem], warning: [team, ops] }`,
  );
  const { exitCode, out, err } = await check();
  expect([exitCode, out]).toEqual([78, []]);
  expect(err.join('\n').split('\n')).toEqual([
    expect.stringMatching(/promptmeter\.yaml has 6 problems:$/),
    expect.stringContaining('thresholds.defaults.errorRatio: critical (0.1) is below warning (0.3)'),
    expect.stringContaining('slos[0].where.app: latency has no such label'),
    expect.stringContaining('slos[1].objective: its alert of 5m and 1h would fire above 14.4 × (1 - 0.9) = 1.44'),
    expect.stringContaining('routing.critical[0]: there is no receiver taem'),
    expect.stringContaining('receivers[0].slack.url: the environment has no NO_SUCH_VARIABLE'),
    expect.stringContaining("receivers[1].opsgenie.apiKey: the file /nowhere/key can't be read here"),
  ]);
  expect(readdirSync(folder.path)).toEqual(['promptmeter.yaml']);
});
