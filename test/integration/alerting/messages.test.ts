import { alertmanagerConfig } from '../../../src/generators/index.js';
import { configOf } from '../../helpers/configOf.js';
import { eventually } from '../../helpers/eventually.js';
import { receivedBy, type HttpInbox } from '../../helpers/httpInbox.js';
import { mailInbox, type MailInbox } from '../../helpers/mailInbox.js';
import { startAlertmanager, type RunningAlertmanager } from '../../helpers/startAlertmanager.js';
import { temporaryFolder, type TemporaryFolder } from '../../helpers/temporaryFolder.js';

let folder: TemporaryFolder;
let slack: HttpInbox;
let page: HttpInbox;
let mail: MailInbox;
let alertmanager: RunningAlertmanager;

beforeAll(async () => {
  folder = temporaryFolder();
  [slack, page, mail] = [await receivedBy(), await receivedBy(), await mailInbox()];
  folder.write('slack', slack.url);
  const allDay = 'days: [], times: ["00:00-24:00"]';
  const settings = `
receivers: [{ name: team, slack: { url: { file: ${folder.path}/slack }, channel: "#ai" } }]
routing:
  critical: [team]
  warning: [team]
  info: [team]
  groupWait: 1s
  groupInterval: 1s
  mute: [{ name: always, severities: [info], ${allDay} }]`;
  const config = alertmanagerConfig(configOf(settings), { webhookUrl: page.url, inbox: mail.address });
  alertmanager = await startAlertmanager(folder, config);
}, 300_000);

afterAll(async () => {
  // Should the Alertmanager not have started, nothing else stays open.
  await Promise.all([slack.close(), page.close(), mail.close()]);
  folder.remove();
  await alertmanager.stop();
});

interface Alert {
  readonly alertname: string;
  readonly severity: string;
  readonly model?: string;
}

async function send(alerts: readonly Alert[], endsAt?: string): Promise<void> {
  const body = alerts.map((labels) => ({
    labels,
    annotations: {
      summary: `${labels.model ?? 'Everything'} fails (${labels.severity})`,
      description: `31% of the calls to ${labels.model ?? 'all models'} failed in the last 5m.`,
      runbook_url: `http://runbooks.example/${labels.alertname}.md`,
      dashboard_url: 'http://grafana.example/d/promptmeter-overview',
    },
    startsAt: '2026-03-01T12:00:00Z',
    ...(endsAt !== undefined && { endsAt }),
  }));
  const { status } = await fetch(`${alertmanager.url}/api/v2/alerts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(status).toBe(200);
}

const suppressed = async (): Promise<readonly string[]> => {
  const answer: unknown = await (await fetch(`${alertmanager.url}/api/v2/alerts?active=false&inhibited=true`)).json();
  return [...JSON.stringify(answer).matchAll(/"labels":(\{[^}]*\})/g)].map(([, labels = '']) => labels);
};
const arrived = (inbox: { readonly bodies: readonly string[] }, text: string) =>
  eventually(text, () => Promise.resolve(inbox.bodies.find((body) => body.includes(text))));

const critical = { alertname: 'AIErrorRatioHigh', severity: 'critical', model: 'gpt-4o' };

test('a page reads well in a chat and as a mail, and so does its end', async () => {
  await send([critical]);
  const chat = await arrived(slack, 'CRITICAL: gpt-4o fails (critical)');
  expect(JSON.parse(chat)).toMatchObject({
    channel: '#ai',
    attachments: [
      {
        title: 'CRITICAL: gpt-4o fails (critical)',
        title_link: 'http://grafana.example/d/promptmeter-overview',
        text: [
          '31% of the calls to gpt-4o failed in the last 5m.',
          'Since 1 Mar 12:00 UTC.',
          'What to do: http://runbooks.example/AIErrorRatioHigh.md',
          'Dashboard: http://grafana.example/d/promptmeter-overview',
        ].join('\n'),
        color: 'danger',
      },
    ],
  });
  const [first = ''] = await eventually('a mail', () =>
    Promise.resolve(mail.mails.length > 0 ? mail.mails : undefined),
  );
  expect(first).toContain('Subject: CRITICAL: gpt-4o fails (critical)');
  expect(first).toContain('31% of the calls to gpt-4o failed in the last 5m.');
  await send([critical], new Date().toISOString());
  expect(await arrived(slack, 'RESOLVED: gpt-4o fails (critical)')).toMatch(
    /From 1 Mar 12:00 to \d+ \w+ \d\d:\d\d UTC\./,
  );
}, 60_000);

test('a page keeps the ticket about the same model quiet, not that about another, and a mute time what it is for', async () => {
  const other = { ...critical, severity: 'warning', model: 'o3' };
  await send([{ ...critical, model: 'quiet' }]);
  await arrived(slack, 'CRITICAL: quiet fails');
  await send([
    { ...critical, severity: 'warning', model: 'quiet' },
    other,
    { ...critical, severity: 'info', model: 'night' },
  ]);
  await arrived(slack, 'WARNING: o3 fails (warning)');
  // The page of the exporter is told of what nobody silences, so the two others had their chance by then.
  expect(slack.bodies.join('\n')).not.toMatch(/quiet fails \(warning\)|night fails/);
  expect((await suppressed()).filter((labels) => labels.includes('"quiet"'))).toEqual([
    expect.stringContaining('"warning"'),
  ]);
}, 60_000);

test('when nothing reports at all, that alone is told', async () => {
  await send([{ alertname: 'PromptmeterTargetDown', severity: 'critical' }]);
  await arrived(slack, 'Everything fails');
  await send([{ alertname: 'AILatencyP95High', severity: 'critical', model: 'stale' }]);
  await eventually('the other one kept back', async () =>
    (await suppressed()).some((labels) => labels.includes('"stale"')) ? true : undefined,
  );
  expect(slack.bodies.join('\n')).not.toContain('stale fails');
}, 60_000);
