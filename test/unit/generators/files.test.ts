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

test('the token of /metrics is named by its file and never written out', () => {
  const places = { exporterTargets: ['a:1'], alertmanagerTargets: [], ruleFiles: [], metricsTokenFile: '/run/token' };
  expect(prometheusConfig(configOf(), places)).toContain('credentials_file: /run/token');
});

test('Alertmanager tells the webhook also when an alert is over, critical silences warning, and nothing reporting silences the rest', () => {
  expect(load(alertmanagerConfig({ webhookUrl: 'http://exporter:9464/alerts' }))).toMatchObject({
    route: { receiver: 'promptmeter', group_by: ['alertname', 'model'] },
    receivers: [{ webhook_configs: [{ url: 'http://exporter:9464/alerts', send_resolved: true }] }],
    inhibit_rules: [
      {
        source_matchers: ['severity="critical"'],
        target_matchers: ['severity="warning"'],
        equal: ['alertname', 'provider', 'model'],
      },
      {
        source_matchers: ['alertname="PromptmeterTargetDown"', 'severity="critical"'],
        target_matchers: ['alertname=~"AI.+"'],
      },
    ],
  });
});
