import { DashboardLinkBuilder, DashboardLinkType } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Config } from '../../config/Config.js';

/** What every dashboard is tagged with, and by which they find each other. */
export const TAG = 'promptmeter';

/** A link, as a panel, a cell or a series carries it. */
export interface DataLink {
  readonly title: string;
  readonly url: string;
}

/** To all dashboards, with the time and what is chosen. */
export function boardLinks(): DashboardLinkBuilder {
  return new DashboardLinkBuilder('Promptmeter')
    .type(DashboardLinkType.Dashboards)
    .tags([TAG])
    .asDropdown(false)
    .icon('external link')
    .tooltip('')
    .targetBlank(false)
    .includeVars(true)
    .keepTime(true);
}

/** From a row of a table to a dashboard that shows only its provider and model, the rest as it is chosen here. */
export function linkToModel(config: Config, uid: string, title: string): DataLink {
  const own = ['var-provider=${__data.fields.Provider}', 'var-model=${__data.fields.Model}'];
  return { title, url: boardUrl(uid, [...own, ...kept(['operation', ...config.attributionLabels])]) };
}

/** To another dashboard with all that is chosen here. */
export function linkTo(config: Config, uid: string, title: string): DataLink {
  return { title, url: boardUrl(uid, kept(['provider', 'model', 'operation', ...config.attributionLabels])) };
}

function boardUrl(uid: string, parameters: readonly string[]): string {
  return `/d/${uid}?${['${__url_time_range}', 'var-datasource=${datasource}', ...parameters].join('&')}`;
}

function kept(variables: readonly string[]): string[] {
  return variables.map((name) => `\${${name}:queryparam}`);
}

/** A link as builders of panels take it. */
export function fieldLink({ title, url }: DataLink): DashboardLinkBuilder {
  return new DashboardLinkBuilder(title).url(url);
}
