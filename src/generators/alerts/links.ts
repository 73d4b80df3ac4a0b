import type { Config } from '../../config/Config.js';
import { OVERVIEW_UID } from '../dashboards/uids.js';

/** The page that says what to do about an alert. */
export function runbookUrl(config: Config, alert: string): string {
  return `${trimmed(config.links.runbooks)}/${alert}.md`;
}

/** The overview, narrowed to what an alert is about. The values stand in the URL as they are given. */
export function dashboardUrl(config: Config, variables: Readonly<Record<string, string>> = {}): string {
  const query = Object.entries(variables).map(([name, value]) => `var-${name}=${value}`);
  return `${trimmed(config.links.grafana)}/d/${OVERVIEW_UID}${query.length === 0 ? '' : `?${query.join('&')}`}`;
}

function trimmed(url: string): string {
  return url.replace(/\/+$/, '');
}
