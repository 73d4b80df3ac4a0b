import { run } from '../../../src/cli/run.js';
import { alertmanagerConfig } from '../../../src/generators/index.js';
import { configOf } from '../../helpers/configOf.js';
import { receivedBy, type HttpInbox } from '../../helpers/httpInbox.js';
import { startAlertmanager, type RunningAlertmanager } from '../../helpers/startAlertmanager.js';
import { temporaryFolder, type TemporaryFolder } from '../../helpers/temporaryFolder.js';
import { testIo } from '../../helpers/testIo.js';
import { withExporter } from '../../helpers/withExporter.js';

const NOWHERE = 'http://127.0.0.1:9';

let folder: TemporaryFolder;
let slack: HttpInbox;
beforeEach(async () => {
  folder = temporaryFolder();
  slack = await receivedBy();
});
afterEach(async () => {
  await slack.close();
  folder.remove();
});

const settings = () => `
receivers:
  - { name: team, slack: { url: { file: ${folder.path}/slack }, channel: "#ai" } }
  - { name: oncall, pagerduty: { routingKey: { file: ${folder.path}/key } } }
routing: { warning: [team], critical: [oncall], groupWait: 1s, groupInterval: 1s }
`;

interface Asked {
  readonly exitCode: number;
  readonly err: readonly string[];
  readonly steps: readonly string[];
}

type Ask = (...args: string[]) => Promise<Asked>;

async function withChain(use: (test: Ask) => Promise<void>): Promise<void> {
  folder.write('slack', slack.url);
  folder.write('key', 'k');
  folder.write('promptmeter.yaml', settings());
  await withExporter({}, async (exporter) => {
    const config = alertmanagerConfig(configOf(settings()), { webhookUrl: `${exporter.url}/alerts` });
    const alertmanager: RunningAlertmanager = await startAlertmanager(folder, config);
    try {
      await use((...args) => ask(...args, '--alertmanager-url', alertmanager.url, '--exporter-url', exporter.url));
    } finally {
      await alertmanager.stop();
    }
  });
}

async function ask(...args: string[]): Promise<Asked> {
  const io = testIo({ cwd: folder.path });
  const exitCode = await run(['alert', 'test', ...args, '--prometheus-url', NOWHERE, '--json'], io);
  const { steps = [] } = JSON.parse(io.out.join('') || '{}') as { steps?: { step: string; result: string }[] };
  return { exitCode, err: io.err, steps: steps.map(({ step, result }) => `${result} ${step}`) };
}

test('a test alert goes through a real Alertmanager to the receiver of its severity, and says so', async () => {
  await withChain(async (test) => {
    expect(await test()).toEqual({
      exitCode: 0,
      err: [],
      steps: ['skipped Prometheus', 'ok Alertmanager', 'ok route', 'ok team', 'ok exporter'],
    });
    expect(slack.bodies).toHaveLength(1);
    expect(slack.bodies[0]).toContain('WARNING: This is a test of the way of alerts');
    expect(slack.bodies[0]).toContain('Nothing is wrong, and there is nothing to do.');
  });
}, 60_000);

test('a receiver that refuses is named, and nothing else is blamed', async () => {
  slack.answer(403);
  await withChain(async (test) => {
    const { exitCode, err, steps } = await test('team', '--severity', 'critical');
    expect(steps).toEqual(['skipped Prometheus', 'ok Alertmanager', 'ok route', 'failed team', 'ok exporter']);
    expect([exitCode, err]).toEqual([1, ['promptmeter: the test alert did not get to all; correct team']]);
  });
}, 60_000);

test('without an Alertmanager it says how to name one', async () => {
  folder.write('promptmeter.yaml', '');
  const { exitCode, err } = await ask('--alertmanager-url', NOWHERE);
  expect(exitCode).toBe(69);
  expect(err.join('')).toMatch(
    /^promptmeter: Alertmanager at http:\/\/127\.0\.0\.1:9 can't be reached \(.*\); start it/,
  );
});

test('a receiver that is not there is a mistake in the command', async () => {
  folder.write('promptmeter.yaml', settings());
  const { exitCode, err } = await ask('taem');
  expect([exitCode, err]).toEqual([64, ['promptmeter: there is no receiver taem; there are team, oncall']]);
});
