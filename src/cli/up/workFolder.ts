import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Config } from '../../config/Config.js';
import { secretsOf } from '../../config/receivers.js';
import { alertmanagerConfig, generateFiles, prometheusConfig } from '../../generators/index.js';
import type { Environment } from '../programs/findProgram.js';
import type { Ports } from './ports.js';

/** What `up` keeps in the project: `.promptmeter/`, which git ignores. Safe to delete while nothing runs. */
export interface WorkFolder {
  readonly logs: string;
  readonly dashboards: string;
  readonly prometheusConfig: string;
  readonly prometheusData: string;
  readonly alertmanagerConfig: string;
  readonly alertmanagerData: string;
  readonly grafanaData: string;
}

/** Writes what the servers are started with, from the configuration as it is now, so that a change shows at once. */
export function writeWorkFolder(cwd: string, config: Config, ports: Ports, env: Environment): WorkFolder {
  const root = join(cwd, '.promptmeter');
  const at = (path: string) => join(root, path);
  for (const stale of ['alerts', 'dashboards']) rmSync(at(stale), { recursive: true, force: true });
  for (const { path, content } of generateFiles(config)) {
    if (/^(alerts|dashboards)\/[^/]+$/.test(path)) write(at(path), content);
  }
  mkdirSync(at('dashboards'), { recursive: true });

  const token = config.metrics.metricsToken;
  if (token !== undefined) write(at('metrics-token'), token);
  const exporter = `127.0.0.1:${ports.metrics}`;
  write(
    at('prometheus.yml'),
    prometheusConfig(config, {
      exporterTargets: [exporter],
      alertmanagerTargets: [`127.0.0.1:${ports.alertmanager}`],
      prometheusTargets: [`127.0.0.1:${ports.prometheus}`],
      ruleFiles: [at('alerts/*.yml')],
      ...(token !== undefined && { metricsTokenFile: at('metrics-token') }),
    }),
  );
  write(
    at('alertmanager.yml'),
    alertmanagerConfig(config, { webhookUrl: `http://${exporter}/alerts`, secretsFolder: at('secrets') }),
  );
  // Alertmanager reads no environment, so what comes from there lies beside its configuration, for its owner only.
  for (const { secret } of secretsOf(config.receivers)) {
    if ('env' in secret) write(at(`secrets/${secret.env}`), env[secret.env] ?? '');
  }
  return {
    logs: at('logs'),
    dashboards: at('dashboards'),
    prometheusConfig: at('prometheus.yml'),
    prometheusData: at('data/prometheus'),
    alertmanagerConfig: at('alertmanager.yml'),
    alertmanagerData: at('data/alertmanager'),
    grafanaData: at('data/grafana'),
  };
}

function write(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content, { mode: 0o600 });
}
