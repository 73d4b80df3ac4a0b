import { run } from '../../../src/cli/run.js';
import { committedDashboards } from '../../helpers/dashboards.js';
import { GRAFANA_TOKEN, startGrafana, type GrafanaServer } from '../../helpers/grafanaServer.js';
import { testIo } from '../../helpers/testIo.js';

let grafana: GrafanaServer;
beforeEach(async () => {
  grafana = await startGrafana();
});
afterEach(() => grafana.close());

async function annotate(...words: readonly string[]) {
  const io = testIo({ env: { GRAFANA_URL: grafana.url, GRAFANA_TOKEN } });
  return { exitCode: await run(['annotate', ...words], io), out: io.out.join('\n'), err: io.err.join('\n') };
}

test('a deployment is marked now, with the tags that every dashboard looks for', async () => {
  const before = Date.now();
  expect((await annotate('deploy 1.4')).exitCode).toBe(0);
  const [{ text, time, tags } = { text: '', time: 0, tags: [] }] = grafana.annotations;
  expect(text).toBe('deploy 1.4');
  expect(time).toBeGreaterThanOrEqual(before);
  expect(time).toBeLessThanOrEqual(Date.now());
  for (const { annotations } of committedDashboards()) {
    const { target } = annotations.list.find(({ name }) => name === 'Deployments')!;
    expect(target?.tags).toEqual(tags);
  }
});

test('the moment and further tags can be given', async () => {
  const { out } = await annotate(
    'new prompt',
    '--time',
    '2026-11-01T12:00:00Z',
    '--tag',
    'web',
    '--tag',
    'eu',
    '--json',
  );
  expect(grafana.annotations).toEqual([
    { text: 'new prompt', time: Date.UTC(2026, 10, 1, 12), tags: ['promptmeter', 'deployment', 'web', 'eu'] },
  ]);
  expect(JSON.parse(out)).toMatchObject({ id: 1, time: '2026-11-01T12:00:00.000Z' });
});

test.each([
  [['  '], 'Say what happened, such as "deploy 1.4"'],
  [['x', '--time', 'yesterday'], 'A moment such as 2026-11-01T12:00:00Z is allowed'],
])('%j is refused with what is allowed', async (words, sentence) => {
  const { exitCode, err } = await annotate(...words);
  expect(exitCode).toBe(64);
  expect(err).toContain(sentence);
  expect(grafana.requests).toEqual([]);
});

test('a token that may only look is told so', async () => {
  grafana.role = 'Viewer';
  const { exitCode, err } = await annotate('deploy 1.4');
  expect(exitCode).toBe(1);
  expect(err).toContain('(403); give its service account the role Editor');
});
