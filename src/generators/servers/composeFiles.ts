import type { Config } from '../../config/Config.js';
import type { GeneratedFile } from '../GeneratedFile.js';
import { alertmanagerConfig } from './alertmanagerConfig.js';
import { grafanaDataSource } from './grafanaDataSource.js';
import { prometheusConfig } from './prometheusConfig.js';

/** docker-compose.yml fills it from PROMPTMETER_METRICS_TOKEN; without that, what it holds is sent and ignored. */
const METRICS_TOKEN_FILE = '/etc/prometheus/metrics-token';

const ALERTS = 'http://exporter:9464/alerts';

/** Has every alert as a mail, as long as promptmeter.yaml names nobody who is told. */
const INBOX = 'mailpit:1025';

/** What the servers of docker-compose.yml are started with: their service names, and ports inside its network. */
export function composeFiles(config: Config): readonly GeneratedFile[] {
  return [
    {
      path: 'prometheus/prometheus.yml',
      content: prometheusConfig(config, {
        exporterTargets: ['exporter:9464'],
        alertmanagerTargets: ['alertmanager:9093'],
        prometheusTargets: ['localhost:9090'],
        ruleFiles: ['/etc/prometheus/alerts/*.yml'],
        metricsTokenFile: METRICS_TOKEN_FILE,
      }),
    },
    { path: 'grafana/provisioning/datasources/prometheus.yml', content: grafanaDataSource(config) },
    {
      path: 'alertmanager/alertmanager.yml',
      content: alertmanagerConfig(config, {
        webhookUrl: ALERTS,
        ...(config.receivers.length === 0 && { inbox: INBOX }),
      }),
    },
  ];
}
