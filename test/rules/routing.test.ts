import { alertmanagerConfig } from '../../src/generators/index.js';
import { configOf } from '../helpers/configOf.js';
import { outputOf, runProgram } from '../helpers/runProgram.js';
import { temporaryFolder, type TemporaryFolder } from '../helpers/temporaryFolder.js';

/** Kinds that Alertmanager knew in 0.25 already; the others are below. */
const SETTINGS = `
receivers:
  - { name: team, slack: { url: { env: SLACK_URL }, channel: "#ai" } }
  - { name: mail, email: { to: a@b.example, from: c@d.example, server: "smtp.example:587", user: u, password: { env: SMTP } } }
  - { name: oncall, pagerduty: { routingKey: { file: /secrets/key } } }
  - { name: ops, opsgenie: { apiKey: { env: OPS }, region: eu } }
routing:
  critical: [oncall, team]
  warning: [team]
  info: [mail]
  watchdog: ops
  routes: [{ where: { app: search }, receivers: [mail] }]
  mute:
    - { name: nights, severities: [warning, info], times: ["22:00-24:00", "00:00-06:00"], timezone: Europe/Berlin }
    - { name: weekends, severities: [info], days: ["saturday", "sunday"] }
`;

beforeAll(async () => {
  // The first run may have to fetch amtool.
  await outputOf('amtool', ['--version']);
}, 300_000);

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

const written = (yaml: string) => {
  const config = alertmanagerConfig(configOf(yaml), { webhookUrl: 'http://127.0.0.1:9/alerts' });
  folder.write('alertmanager.yml', config);
  return { config, path: `${folder.path}/alertmanager.yml` };
};

test('Alertmanager takes receivers, routes and mute times', async () => {
  const said = await outputOf('amtool', ['check-config', written(SETTINGS).path]);
  expect(said).toContain('SUCCESS');
});

/** What each kind needs of Alertmanager. https://github.com/prometheus/alertmanager/blob/main/CHANGELOG.md */
const NEWER = [
  { kind: 'discord', minor: 27, receiver: '{ name: chat, discord: { url: { file: /secrets/url } } }' },
  { kind: 'webhook', minor: 27, receiver: '{ name: hook, webhook: { url: { file: /secrets/url } } }' },
  { kind: 'teams', minor: 28, receiver: '{ name: office, teams: { url: { file: /secrets/url } } }' },
];

test.each(NEWER)('Alertmanager takes $kind from 0.$minor on, and names what it does not know before', async (each) => {
  const [, name] = /name: (\w+)/.exec(each.receiver) ?? [];
  const { path } = written(`receivers: [${each.receiver}]\nrouting: { critical: [${name}] }`);
  const version = /version 0\.(\d+)\./.exec(await outputOf('amtool', ['--version']))?.[1];
  const { succeeded, output } = await runProgram('amtool', ['check-config', path]);
  expect([succeeded, output]).toEqual(
    Number(version) >= each.minor
      ? [true, expect.stringContaining('SUCCESS')]
      : [false, expect.stringMatching(/FAILED: .*not found in type/s)],
  );
});

test('no secret stands in the configuration, only the files that hold them', () => {
  const { config } = written(SETTINGS);
  expect([...config.matchAll(/_file: (\S+)/g)].map(([, file]) => file)).toEqual(
    expect.arrayContaining(['/run/secrets/SLACK_URL', '/run/secrets/SMTP', '/secrets/key', '/run/secrets/OPS']),
  );
});

const page = ['alertname=AIErrorRatioHigh', 'provider=openai', 'model=gpt-4o'];

test.each([
  ['a page', SETTINGS, [...page, 'severity=critical'], 'critical'],
  ['a ticket', SETTINGS, [...page, 'severity=warning'], 'warning'],
  ['half of a budget', SETTINGS, ['alertname=AIBudgetUsed', 'severity=info'], 'info'],
  ['the Watchdog', SETTINGS, ['alertname=Watchdog', 'severity=none'], 'watchdog'],
  [
    'a page of an application with a route of its own',
    SETTINGS,
    [...page, 'severity=critical', 'app=search'],
    'route_1',
  ],
  [
    'a test for one receiver',
    SETTINGS,
    ['alertname=PromptmeterTest', 'receiver=mail', 'severity=critical'],
    'test_mail',
  ],
  ['a test', SETTINGS, ['alertname=PromptmeterTest', 'severity=critical'], 'critical'],
  ['what has no severity', SETTINGS, ['alertname=Other'], 'promptmeter'],
  ['a page, with nothing configured,', '', [...page, 'severity=critical'], 'promptmeter'],
  ['the Watchdog, with nothing configured,', '', ['alertname=Watchdog', 'severity=none'], 'nobody'],
])('%s goes where it belongs', async (_what, yaml, labels, receiver) => {
  const config = `--config.file=${written(yaml).path}`;
  expect(await outputOf('amtool', ['config', 'routes', 'test', config, ...labels])).toMatch(
    new RegExp(`^${receiver}\\n`),
  );
});
