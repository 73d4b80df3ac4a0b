import type { Config } from '../../config/Config.js';
import { ALERTMANAGER_JOB, PROMETHEUS_JOB } from '../alerts/chain/servers.js';
import { SCRAPE_JOB } from '../alerts/targets.js';
import { toYaml } from '../yaml.js';

/** What differs between the places that Prometheus runs in. */
export interface PrometheusPlaces {
  /** `host:port` of each exporter. */
  readonly exporterTargets: readonly string[];
  /** `host:port` of each Alertmanager. */
  readonly alertmanagerTargets: readonly string[];
  /** `host:port` of Prometheus itself, so that alerts on it have data; without it there are none. */
  readonly prometheusTargets?: readonly string[];
  /** Paths or patterns of the rule files. */
  readonly ruleFiles: readonly string[];
  /** File with the bearer token of /metrics, where PROMPTMETER_METRICS_TOKEN is set. Never the token itself. */
  readonly metricsTokenFile?: string;
}

/** prometheus.yml, for Prometheus 2.42 and newer, 3 included. */
export function prometheusConfig({ prometheus }: Config, places: PrometheusPlaces): string {
  const { exporterTargets, alertmanagerTargets, prometheusTargets = [], ruleFiles, metricsTokenFile } = places;
  return toYaml({
    global: { scrape_interval: prometheus.scrapeInterval, evaluation_interval: prometheus.evaluationInterval },
    rule_files: ruleFiles,
    alerting: { alertmanagers: [{ static_configs: [{ targets: alertmanagerTargets }] }] },
    scrape_configs: [
      {
        job_name: SCRAPE_JOB,
        ...(metricsTokenFile !== undefined && { authorization: { credentials_file: metricsTokenFile } }),
        static_configs: [{ targets: exporterTargets }],
      },
      ...job(PROMETHEUS_JOB, prometheusTargets),
      ...job(ALERTMANAGER_JOB, alertmanagerTargets),
    ],
  });
}

/** The servers' own metrics change slowly, and nobody waits for them. */
const SERVERS_INTERVAL = '15s';

function job(name: string, targets: readonly string[]): readonly object[] {
  if (targets.length === 0) return [];
  return [{ job_name: name, scrape_interval: SERVERS_INTERVAL, static_configs: [{ targets }] }];
}
