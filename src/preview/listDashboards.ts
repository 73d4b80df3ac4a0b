import type { DashboardFile } from './PreviewOptions.js';

/** A file that is a dashboard, or one that says why it is none. */
export interface ListedDashboard {
  readonly file: string;
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly tags: readonly string[];
  /** Why it can't be shown. */
  readonly problem?: string;
}

export function listDashboard({ name, content }: DashboardFile): ListedDashboard {
  const fallback = { file: name, uid: name.replace(/\.json$/, ''), title: name, description: '', tags: [] };
  let json: unknown;
  try {
    json = JSON.parse(content);
  } catch {
    return { ...fallback, problem: `${name} is not JSON; run \`promptmeter generate\` to write it anew` };
  }
  if (typeof json !== 'object' || json === null || !('panels' in json) || !Array.isArray(json.panels)) {
    return { ...fallback, problem: `${name} is no Grafana dashboard: it has no panels` };
  }
  const text = (key: 'uid' | 'title' | 'description', otherwise: string): string => {
    const value: unknown = Object.entries(json).find(([name]) => name === key)?.[1];
    return typeof value === 'string' && value !== '' ? value : otherwise;
  };
  const tags: unknown = 'tags' in json ? json.tags : [];
  return {
    file: name,
    uid: text('uid', fallback.uid),
    title: text('title', name),
    description: text('description', ''),
    tags: Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : [],
  };
}
