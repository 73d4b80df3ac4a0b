import { alertmanagerConfig, prometheusConfig } from '../../src/generators/index.js';
import { configOf } from '../helpers/configOf.js';
import { committed, ROOT } from '../helpers/repository.js';
import { outputOf } from '../helpers/runProgram.js';
import { temporaryFolder, type TemporaryFolder } from '../helpers/temporaryFolder.js';

beforeAll(async () => {
  // The first run may have to fetch the programs.
  await outputOf('promtool', ['--version']);
  await outputOf('amtool', ['--version']);
}, 300_000);

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

test('Prometheus takes the committed configuration together with the committed rules', async () => {
  folder.write('token', 'secret');
  const config = committed('prometheus/prometheus.yml')
    .replace('/etc/prometheus/metrics-token', `${folder.path}/token`)
    .replace('/etc/prometheus/', `${ROOT}/`);
  folder.write('prometheus.yml', config);
  expect(await outputOf('promtool', ['check', 'config', `${folder.path}/prometheus.yml`])).toContain('errors.yml');
});

test('Prometheus takes a configuration with several targets and a token file', async () => {
  folder.write('token', 'secret');
  folder.write(
    'prometheus.yml',
    prometheusConfig(configOf('prometheus: { scrapeInterval: 30s, evaluationInterval: 1m }'), {
      exporterTargets: ['127.0.0.1:1', '127.0.0.1:2'],
      alertmanagerTargets: ['127.0.0.1:3'],
      ruleFiles: [`${ROOT}/alerts/*.yml`],
      metricsTokenFile: `${folder.path}/token`,
    }),
  );
  expect(await outputOf('promtool', ['check', 'config', `${folder.path}/prometheus.yml`])).toContain('SUCCESS');
});

test('Alertmanager takes the committed configuration', async () => {
  const said = await outputOf('amtool', ['check-config', `${ROOT}/alertmanager/alertmanager.yml`]);
  expect(said).toContain('3 inhibit rules');
});

test('Alertmanager sends every alert to the webhook that it is given', async () => {
  folder.write('alertmanager.yml', alertmanagerConfig(configOf(), { webhookUrl: 'http://127.0.0.1:9/alerts' }));
  const config = `--config.file=${folder.path}/alertmanager.yml`;
  const labels = ['alertname=AIErrorRatioHigh', 'severity=critical'];
  expect(await outputOf('amtool', ['config', 'routes', 'test', config, ...labels])).toMatch(/^promptmeter\n/);
});
