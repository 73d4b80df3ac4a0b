import type { Config } from '../../config/Config.js';
import { SCRAPE_JOB } from '../alerts/targets.js';
import { toYaml } from '../yaml.js';

/** What differs between the places that Prometheus runs in. */
export interface PrometheusPlaces {
  /** `host:port` of each exporter. */
  readonly exporterTargets: readonly string[];
  /** `host:port` of each Alertmanager. */
  readonly alertmanagerTargets: readonly string[];
  /** Paths or patterns of the rule files. */
  readonly ruleFiles: readonly string[];
  /** File with the bearer token of /metrics, where PROMPTMETER_METRICS_TOKEN is set. Never the token itself. */
  readonly metricsTokenFile?: string;
}

/** prometheus.yml, for Prometheus 2.42 and newer, 3 included. */
export function prometheusConfig({ prometheus }: Config, places: PrometheusPlaces): string {
  const { exporterTargets, alertmanagerTargets, ruleFiles, metricsTokenFile } = places;
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
    ],
  });
}
