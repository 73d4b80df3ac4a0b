import type { Dashboard } from '../dashboard/Dashboard.js';
import { h } from '../ui/h.js';
import { select } from '../ui/select.js';
import { timePicker } from '../ui/timePicker.js';
import type { Address } from './Address.js';
import { interpolate } from '../query/interpolate.js';
import { type LinkContext, linkAddress } from './linkAddress.js';
import type { Listing } from './Server.js';
import { queryParameters } from '../query/interpolate.js';

const REFRESH = ['', '5s', '10s', '30s', '1m', '5m'].map((value) => ({ value, text: value === '' ? 'Off' : value }));

export interface ToolbarActions {
  readonly setRange: (from: string, to: string) => void;
  readonly setRefresh: (refresh: string) => void;
  readonly refresh: () => void;
  readonly toggleTheme: () => void;
}

export interface ToolbarInput {
  readonly dashboard: Dashboard;
  readonly listing: Listing;
  readonly address: Address;
  readonly links: LinkContext;
  readonly actions: ToolbarActions;
}

/** The way to the other dashboards, the time range and how often to draw anew. */
export function toolbar({ dashboard, listing, address, links, actions }: ToolbarInput): HTMLElement {
  const { from = dashboard.from, to = dashboard.to, refresh = dashboard.refresh } = address;
  return h(
    'header',
    'toolbar',
    h('a', { class: 'home-link', attributes: { href: `${links.prefix}/` } }, 'Dashboards'),
    h('span', 'muted', '›'),
    h('h1', { attributes: { title: dashboard.description } }, dashboard.title),
    h('nav', 'toolbar-links', ...dashboardLinks(dashboard, listing, links)),
    h(
      'div',
      'toolbar-actions',
      timePicker(from, to, actions.setRange),
      button('Refresh', '⟳', actions.refresh),
      select('', REFRESH, refresh, actions.setRefresh),
      button('Change between dark and light', '◐', actions.toggleTheme),
    ),
  );
}

function button(label: string, text: string, act: () => void): HTMLElement {
  return h(
    'button',
    { class: 'icon', attributes: { type: 'button', 'aria-label': label, title: label }, on: { click: act } },
    text,
  );
}

/** What comes before a slash is the same on all boards of a family, and need not be said again for each. */
function withoutFamily(title: string, own: string): string {
  const family = /^.+? \/ /.exec(own)?.[0] ?? '';
  return family !== '' && title.startsWith(family) ? title.slice(family.length) : title;
}

/** The dashboard's links: to an address, or to every other dashboard with a tag. */
function dashboardLinks(dashboard: Dashboard, { boards }: Listing, context: LinkContext): readonly HTMLElement[] {
  return dashboard.links.flatMap((link) => {
    const kept = [link.keepTime ? context.time : '', link.includeVars ? queryParameters(context.variables) : ''];
    const search = kept.filter((each) => each !== '').join('&');
    const targets =
      link.type === 'link'
        ? [{ url: link.url, title: interpolate(link.title, context.variables) }]
        : boards
            .filter(({ tags, uid }) => uid !== dashboard.uid && link.tags.every((tag) => tags.includes(tag)))
            .map(({ uid, title }) => ({ url: `/d/${uid}`, title: withoutFamily(title, dashboard.title) }));
    return targets.flatMap(({ url, title }) => {
      const href = linkAddress(
        search === '' ? url : `${url}${url.includes('?') ? '&' : '?'}${search}`,
        context.variables,
        context,
      );
      return href === undefined ? [] : [h('a', { attributes: { href } }, title)];
    });
  });
}
