import { load } from 'js-yaml';
import { alertmanagerConfig, generateFiles, prometheusConfig } from '../../../src/generators/index.js';
import { configOf } from '../../helpers/configOf.js';

const files = generateFiles(configOf());

test('every file is generated once, and the same each time', () => {
  const places = files.map(({ path, section }) => `${path}#${section ?? ''}`);
  expect(new Set(places).size).toBe(places.length);
  expect(generateFiles(configOf())).toEqual(files);
});

test.each(
  files.filter(({ path, section }) => section === undefined && !path.endsWith('.json')).map(({ path }) => path),
)('%s says in its first line that it is generated and where to change it', (path) => {
  const content = files.find((file) => file.path === path)?.content ?? '';
  expect(content.split('\n', 1)[0]).toMatch(/generated, do not edit: change promptmeter\.yaml or src\/generators/);
  expect(content).toMatch(/[^\n]\n$/);
});

test('the attribution labels of promptmeter.yaml stand in the table of labels', () => {
  const page = generateFiles(configOf('attribution: { labels: [team] }')).find(
    ({ path }) => path === 'docs/metrics.md',
  );
  expect(page?.content).toMatch(/^\| `ai_cost_usd_total` \|.*\*team\*/m);
  expect(page?.content).not.toMatch(/^\| `ai_request_duration_ms` \|.*\*team\*/m);
});

test('Prometheus scrapes and evaluates as often as promptmeter.yaml says, at the places given', () => {
  const config = configOf('prometheus: { scrapeInterval: 20s, evaluationInterval: 40s }');
  const places = {
    exporterTargets: ['a:1', 'b:2'],
    alertmanagerTargets: ['c:3'],
    prometheusTargets: ['d:4'],
    ruleFiles: ['/rules/*.yml'],
  };
  expect(load(prometheusConfig(config, places))).toEqual({
    global: { scrape_interval: '20s', evaluation_interval: '40s' },
    rule_files: ['/rules/*.yml'],
    alerting: { alertmanagers: [{ static_configs: [{ targets: ['c:3'] }] }] },
    scrape_configs: [
      { job_name: 'promptmeter', static_configs: [{ targets: ['a:1', 'b:2'] }] },
      { job_name: 'prometheus', scrape_interval: '15s', static_configs: [{ targets: ['d:4'] }] },
      { job_name: 'alertmanager', scrape_interval: '15s', static_configs: [{ targets: ['c:3'] }] },
    ],
  });
});

test("Grafana's data source leads from a single call to its trace where promptmeter.yaml says where", () => {
  const dataSourceOf = (yaml: string) =>
    generateFiles(configOf(yaml)).find(({ path }) => path === 'grafana/provisioning/datasources/prometheus.yml')
      ?.content;
  const traced = dataSourceOf('links: { traces: "https://traces.example.com/trace/{trace_id}?org=1" }');
  expect(load(traced ?? '')).toMatchObject({
    datasources: [
      {
        jsonData: {
          exemplarTraceIdDestinations: [
            { name: 'trace_id', url: 'https://traces.example.com/trace/$${__value.raw}?org=1' },
          ],
        },
      },
    ],
  });
  expect(dataSourceOf('')).not.toContain('exemplar');
});

test('the token of /metrics is named by its file and never written out', () => {
  const places = { exporterTargets: ['a:1'], alertmanagerTargets: [], ruleFiles: [], metricsTokenFile: '/run/token' };
  expect(prometheusConfig(configOf(), places)).toContain('credentials_file: /run/token');
});

test('Alertmanager tells the exporter also when an alert is over, and nobody of the Watchdog', () => {
  expect(load(alertmanagerConfig(configOf(), { webhookUrl: 'http://exporter:9464/alerts' }))).toMatchObject({
    route: {
      receiver: 'promptmeter',
      group_by: ['alertname', 'provider', 'model'],
      routes: [{ receiver: 'nobody', matchers: ['alertname="Watchdog"'] }],
    },
    receivers: [
      { name: 'promptmeter', webhook_configs: [{ url: 'http://exporter:9464/alerts', send_resolved: true }] },
      { name: 'nobody' },
    ],
  });
});

test('an inbox for trying out gets every alert beside the exporter, without TLS or a login', () => {
  const config = alertmanagerConfig(configOf(), { webhookUrl: 'http://a/alerts', inbox: 'mailpit:1025' });
  expect(load(config)).toMatchObject({
    receivers: [
      {
        name: 'promptmeter',
        webhook_configs: [{ url: 'http://a/alerts' }],
        email_configs: [{ smarthost: 'mailpit:1025', require_tls: false, send_resolved: true }],
      },
      { name: 'nobody' },
    ],
  });
  expect(config).not.toContain('auth_');
});

test('critical silences warning and info of the same thing, warning info, and nothing reporting the rest', () => {
  const equal = [
    'alertname',
    'provider',
    'model',
    'operation',
    'error_type',
    'kind',
    'slo',
    'budget',
    'period',
    'team',
  ];
  const config = configOf('attribution: { labels: [team] }');
  expect(load(alertmanagerConfig(config, { webhookUrl: 'http://exporter:9464/alerts' }))).toMatchObject({
    inhibit_rules: [
      { source_matchers: ['severity="critical"'], target_matchers: ['severity=~"warning|info"'], equal },
      { source_matchers: ['severity="warning"'], target_matchers: ['severity="info"'], equal },
      {
        source_matchers: ['alertname="PromptmeterTargetDown"', 'severity="critical"'],
        target_matchers: ['alertname=~"AI.+|PromptmeterNoTraffic"'],
      },
    ],
  });
});

test('receivers that newer Alertmanagers know are told by the files of their addresses', () => {
  const yaml = `
    receivers:
      - { name: teams, teams: { url: { env: TEAMS } } }
      - { name: discord, discord: { url: { env: DISCORD } } }
      - { name: hook, webhook: { url: { file: /hook } } }
    routing: { critical: [teams, discord, hook] }`;
  const config = alertmanagerConfig(configOf(yaml), { webhookUrl: 'http://a/alerts', secretsFolder: '/s' });
  expect(load(config)).toMatchObject({
    receivers: expect.arrayContaining([
      expect.objectContaining({
        name: 'critical',
        msteamsv2_configs: [expect.objectContaining({ webhook_url_file: '/s/TEAMS' })],
        discord_configs: [expect.objectContaining({ webhook_url_file: '/s/DISCORD' })],
        webhook_configs: [
          expect.objectContaining({ url: 'http://a/alerts' }),
          expect.objectContaining({ url_file: '/hook' }),
        ],
      }),
    ]) as unknown,
  });
});
