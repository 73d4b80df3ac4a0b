import { loadConfig } from '../../config/loadConfig.js';
import { generateFiles } from '../../generators/index.js';
import type { Io } from '../io.js';
import { grafanaAccess, type GrafanaOptions } from './access.js';
import { GrafanaApi } from './GrafanaApi.js';
import { pushDashboards } from './pushDashboards.js';

export interface PushOptions extends GrafanaOptions {
  readonly folder: string;
  readonly folderUid: string;
  readonly dryRun?: true;
  readonly overwrite?: true;
  readonly json?: true;
}

/** Pushes the dashboards that promptmeter.yaml gives, one line for each. */
export async function pushGrafana(options: PushOptions, io: Io): Promise<void> {
  const config = loadConfig(io);
  const api = new GrafanaApi(grafanaAccess(options, config, io));
  const { folder, folderUid, dryRun = false, overwrite = false } = options;
  const files = generateFiles(config).filter(({ path }) => path.startsWith('dashboards/'));
  const pushed = await pushDashboards(api, files, { folder, folderUid, dryRun, overwrite });
  if (options.json) {
    io.stdout(JSON.stringify({ dryRun, dashboards: pushed }));
    return;
  }
  for (const { path, result, url } of pushed) io.stdout(`${dryRun ? WOULD[result] : result} ${path} ${url}`);
}

const WOULD = { created: 'would create', changed: 'would change', unchanged: 'unchanged' } as const;
