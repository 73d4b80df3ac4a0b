import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Config } from '../../config/Config.js';
import { findExecutable, type Environment } from '../programs/findProgram.js';
import { addressOf, local } from './addresses.js';
import { answers } from './health.js';
import { PACKAGE_ROOT } from './packageRoot.js';
import type { Part } from './Part.js';
import type { Ports } from './ports.js';
import type { WorkFolder } from './workFolder.js';

/** Grafana's package puts it in /usr/share/grafana; an unpacked archive or Homebrew keeps it around the program. */
const HOMES = (program: string): readonly string[] => [
  '/usr/share/grafana',
  join(dirname(program), '..'),
  join(dirname(program), '../share/grafana'),
];

export function findGrafana(env: Environment): string | undefined {
  const own = env['PROMPTMETER_PROGRAMS'] ?? '';
  const folders = [own, ...(env['PATH'] ?? '').split(':'), '/usr/share/grafana/bin'].filter((folder) => folder !== '');
  return findExecutable(['grafana', 'grafana-server'], folders);
}

interface GrafanaOptions {
  readonly program: string;
  readonly ports: Ports;
  readonly folder: WorkFolder;
  readonly config: Config;
}

/** Grafana for this machine only: whoever opens it sees the dashboards without a login, and can change nothing. */
export function grafanaPart({ program, ports, folder, config }: GrafanaOptions): Part {
  const url = local(ports.grafana);
  const home = HOMES(program).find((each) => existsSync(join(each, 'conf/defaults.ini')));
  return {
    command: program,
    args: [...(program.endsWith('grafana') ? ['server'] : []), ...(home === undefined ? [] : ['--homepath', home])],
    env: {
      GF_SERVER_HTTP_ADDR: '127.0.0.1',
      GF_SERVER_HTTP_PORT: String(ports.grafana),
      GF_PATHS_DATA: folder.grafanaData,
      GF_PATHS_LOGS: folder.logs,
      GF_PATHS_PLUGINS: join(folder.grafanaData, 'plugins'),
      GF_PATHS_PROVISIONING: join(PACKAGE_ROOT, 'grafana/provisioning'),
      GF_AUTH_ANONYMOUS_ENABLED: 'true',
      GF_AUTH_ANONYMOUS_ORG_ROLE: 'Viewer',
      GF_ANALYTICS_REPORTING_ENABLED: 'false',
      GF_ANALYTICS_CHECK_FOR_UPDATES: 'false',
      GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES: 'false',
      GF_PLUGINS_PREINSTALL_DISABLED: 'true',
      PROMETHEUS_URL: local(ports.prometheus),
      DASHBOARDS_PATH: folder.dashboards,
      SCRAPE_INTERVAL: config.prometheus.scrapeInterval,
    },
    name: 'grafana',
    essential: false,
    shown: addressOf('grafana', ports),
    isHealthy: () => answers(`${url}/api/health`),
  };
}
