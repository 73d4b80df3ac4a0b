import { isDeepStrictEqual } from 'node:util';
import { asRecord, asString } from '../../call/guards.js';
import type { GeneratedFile } from '../../generators/index.js';
import type { GrafanaApi } from './GrafanaApi.js';

export interface PushTo {
  /** Title of the folder. */
  readonly folder: string;
  readonly folderUid: string;
  readonly dryRun: boolean;
  /** Push over what someone else changes at the same moment. */
  readonly overwrite: boolean;
}

export interface Pushed {
  readonly path: string;
  readonly uid: string;
  readonly result: 'created' | 'changed' | 'unchanged';
  readonly url: string;
}

/** Brings each dashboard, by its uid, to what is generated; those that are so already are left alone. */
export async function pushDashboards(
  api: GrafanaApi,
  files: readonly GeneratedFile[],
  to: PushTo,
): Promise<readonly Pushed[]> {
  await ensureFolder(api, to);
  const pushed: Pushed[] = [];
  // One after the other: the first refusal is the last request.
  for (const file of files) pushed.push(await push(api, file, to));
  return pushed;
}

async function ensureFolder(api: GrafanaApi, { folder, folderUid, dryRun }: PushTo): Promise<void> {
  const found = await api.find(`/api/folders/${encodeURIComponent(folderUid)}`);
  if (found === undefined && !dryRun) await api.post('/api/folders', { uid: folderUid, title: folder });
}

async function push(api: GrafanaApi, { path, content }: GeneratedFile, to: PushTo): Promise<Pushed> {
  const dashboard = asRecord(JSON.parse(content)) ?? {};
  const uid = asString(dashboard['uid']) ?? '';
  const found = asRecord((await api.find(`/api/dashboards/uid/${encodeURIComponent(uid)}`))?.body);
  const present = asRecord(found?.['dashboard']);
  const folderNow = asString(asRecord(found?.['meta'])?.['folderUid']);
  const done = { path, uid, url: `${api.url}/d/${uid}` };
  if (present !== undefined && folderNow === to.folderUid && isSame(present, dashboard)) {
    return { ...done, result: 'unchanged' };
  }
  if (!to.dryRun) {
    await api.post('/api/dashboards/db', {
      // The version that was seen: Grafana refuses when someone has changed it since.
      dashboard: { ...dashboard, id: null, version: present?.['version'] ?? 0 },
      folderUid: to.folderUid,
      overwrite: to.overwrite,
      message: 'promptmeter push grafana',
    });
  }
  return { ...done, result: present === undefined ? 'created' : 'changed' };
}

type Dashboard = Readonly<Record<string, unknown>>;

function isSame(present: Dashboard, dashboard: Dashboard): boolean {
  return isDeepStrictEqual(ours(present), ours(dashboard));
}

/** Without the number and the version that Grafana gives. */
function ours(dashboard: Dashboard): Dashboard {
  return Object.fromEntries(Object.entries(dashboard).filter(([key]) => key !== 'id' && key !== 'version'));
}
