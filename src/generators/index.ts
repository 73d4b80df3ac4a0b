import type { Config } from '../config/Config.js';
import { alertGroups } from './alerts/registry.js';
import { ruleFiles } from './alerts/ruleFiles.js';
import { dashboardFile } from './dashboards/dashboard.js';
import { DASHBOARDS } from './dashboards/registry.js';
import { alertsDoc } from './docs/alerts.js';
import { dashboardsDoc } from './docs/dashboards.js';
import { metricsDocs } from './docs/metrics.js';
import type { GeneratedFile } from './GeneratedFile.js';
import { alertmanagerConfig } from './servers/alertmanagerConfig.js';
import { composeFiles } from './servers/composeFiles.js';
import { prometheusConfig } from './servers/prometheusConfig.js';

export type { GeneratedFile } from './GeneratedFile.js';
export type { PrometheusPlaces } from './servers/prometheusConfig.js';
export { alertmanagerConfig, prometheusConfig };

/** Every generated file of the repository. Pure: the same configuration gives the same bytes. */
export function generateFiles(config: Config): readonly GeneratedFile[] {
  const groups = alertGroups(config);
  const boards = DASHBOARDS.map((board) => board(config));
  return [
    ...boards.map((board) => dashboardFile(config, board)),
    dashboardsDoc(boards),
    ...groups.flatMap(ruleFiles),
    ...metricsDocs(config),
    alertsDoc(groups),
    ...composeFiles(config),
  ];
}
