import { run } from '../../../src/cli/run.js';
import { GRAFANA_TOKEN, startGrafana, type GrafanaServer } from '../../helpers/grafanaServer.js';
import { temporaryFolder, type TemporaryFolder } from '../../helpers/temporaryFolder.js';
import { testIo } from '../../helpers/testIo.js';

let grafana: GrafanaServer;
let folder: TemporaryFolder;
beforeEach(async () => {
  grafana = await startGrafana();
  folder = temporaryFolder();
});
afterEach(async () => {
  folder.remove();
  await grafana.close();
});

async function push(words: readonly string[] = [], env: Record<string, string> = { GRAFANA_TOKEN }) {
  const io = testIo({ cwd: folder.path, env: { GRAFANA_URL: grafana.url, ...env } });
  return { exitCode: await run(['push', 'grafana', ...words], io), out: io.out, err: io.err.join('\n') };
}

const posts = () => grafana.requests.filter((line) => line.startsWith('POST'));

test('every dashboard of promptmeter.yaml gets into the folder, under its own uid', async () => {
  const { exitCode, out } = await push();
  expect(exitCode).toBe(0);
  expect(out).toContain(`created dashboards/overview.json ${grafana.url}/d/promptmeter-overview`);
  expect(grafana.folders).toEqual([{ uid: 'promptmeter', title: 'Promptmeter' }]);
  expect(grafana.dashboards.size).toBe(out.length);
  for (const { folderUid } of grafana.dashboards.values()) expect(folderUid).toBe('promptmeter');
});

test('a second push changes nothing and sends nothing', async () => {
  const first = await push();
  const sent = posts().length;
  const second = await push();
  expect(second.exitCode).toBe(0);
  expect(second.out).toEqual(first.out.map((line) => line.replace('created', 'unchanged')));
  expect(posts()).toHaveLength(sent);
});

test('only what has changed is sent, as the next version of the same dashboard', async () => {
  await push();
  folder.write('promptmeter.yaml', 'thresholds: { defaults: { costPerHour: { warning: 3 } } }');
  const { out } = await push();
  expect(out.filter((line) => line.startsWith('changed')).map((line) => line.split(' ')[1])).toEqual(
    expect.arrayContaining(['dashboards/overview.json']),
  );
  expect(out).toContain(`unchanged dashboards/service-levels.json ${grafana.url}/d/promptmeter-service-levels`);
  expect(grafana.dashboards.get('promptmeter-overview')?.dashboard.version).toBe(2);
});

test('a dashboard that was moved elsewhere comes back into the folder', async () => {
  await push();
  const moved = grafana.dashboards.get('promptmeter-overview')!;
  grafana.dashboards.set('promptmeter-overview', { ...moved, folderUid: 'elsewhere' });
  await push();
  expect(grafana.dashboards.get('promptmeter-overview')?.folderUid).toBe('promptmeter');
});

test('a dry run tells what would change and changes nothing', async () => {
  const { exitCode, out } = await push(['--dry-run', '--json']);
  expect(exitCode).toBe(0);
  const { dryRun, dashboards } = JSON.parse(out.join('')) as { dryRun: boolean; dashboards: { result: string }[] };
  expect(dryRun).toBe(true);
  expect(new Set(dashboards.map(({ result }) => result))).toEqual(new Set(['created']));
  expect(posts()).toEqual([]);
  expect((await push(['--dry-run'])).out[0]).toMatch(/^would create dashboards\/\w+/);
});

test('another folder can be named', async () => {
  await push(['--folder', 'AI team', '--folder-uid', 'ai-team']);
  expect(grafana.folders).toEqual([{ uid: 'ai-team', title: 'AI team' }]);
});

describe('a refusal is one sentence that says what to do', () => {
  test.each([
    ['no token', {}, 'wants a token (401); set GRAFANA_TOKEN to the token of a service account'],
    [
      'a wrong token',
      { GRAFANA_TOKEN: 'glsa_wrong' },
      'does not know the token (401); set GRAFANA_TOKEN to a valid token',
    ],
  ])('%s', async (_what, env, sentence) => {
    const { exitCode, err } = await push([], env);
    expect(exitCode).toBe(1);
    expect(err).toContain(`promptmeter: Grafana at ${grafana.url} ${sentence}`);
    expect(err).not.toContain('glsa');
  });

  test('a token that may only look', async () => {
    grafana.role = 'Viewer';
    const { exitCode, err } = await push();
    expect(exitCode).toBe(1);
    expect(err).toContain('does not let this token do it (403); give its service account the role Editor');
  });

  test('a dashboard of the same title that is not ours', async () => {
    const other = { id: null, uid: 'other', title: 'AI calls / Overview', version: 1 };
    grafana.dashboards.set('other', { dashboard: other, folderUid: 'promptmeter', overwrite: false });
    const { exitCode, err } = await push();
    expect(exitCode).toBe(1);
    expect(err).toContain('has another dashboard of this title in the folder (412); rename or delete it');
  });

  test('a dashboard that someone else changes at the same moment, unless --overwrite is given', async () => {
    await push();
    folder.write('promptmeter.yaml', 'thresholds: { defaults: { costPerHour: { warning: 3 } } }');
    grafana.meanwhile = () => {
      const { dashboard, ...rest } = grafana.dashboards.get('promptmeter-overview')!;
      grafana.dashboards.set('promptmeter-overview', { ...rest, dashboard: { ...dashboard, version: 40 } });
    };
    const { exitCode, err } = await push();
    expect(exitCode).toBe(1);
    expect(err).toContain('has a newer version of the dashboard than this push has seen (412); push again');
    expect((await push(['--overwrite'])).exitCode).toBe(0);
  });

  test('no Grafana there', async () => {
    const gone = await startGrafana();
    await gone.close();
    const { exitCode, err } = await push(['--grafana-url', gone.url]);
    expect(exitCode).toBe(69);
    expect(err).toBe(
      `promptmeter: Grafana at ${gone.url} can't be reached (ECONNREFUSED); start it, or name another with --grafana-url or GRAFANA_URL`,
    );
  });

  test.each([
    [['--grafana-url', 'grafana'], '"grafana" is no address of Grafana; one such as http://localhost:3000 is allowed'],
    [['--folder-uid', 'a b'], "argument 'a b' is invalid. Up to 40 letters, digits, - and _ are allowed"],
  ])('%j', async (words, sentence) => {
    const { exitCode, err } = await push(words);
    expect(exitCode).toBe(64);
    expect(err).toContain(sentence);
  });
});
