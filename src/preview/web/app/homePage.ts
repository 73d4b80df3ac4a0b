import { h } from '../ui/h.js';
import type { Listing } from './Server.js';
import { notice } from './notice.js';

/** All dashboards, as links. */
export function homePage({ boards, grafanaUrl }: Listing, prefix: string): HTMLElement {
  const cards = boards.map(({ uid, title, description, problem }) =>
    problem === undefined
      ? h(
          'a',
          { class: 'card', attributes: { href: `${prefix}/d/${uid}` } },
          h('strong', {}, title),
          h('p', {}, description),
        )
      : h('div', 'card card-problem', h('strong', {}, title), h('p', {}, problem)),
  );
  return h(
    'main',
    'home',
    notice(grafanaUrl),
    h('h1', {}, 'Dashboards'),
    cards.length === 0
      ? h('p', {}, 'There are no dashboards in this folder; `promptmeter generate` writes them.')
      : h('div', 'cards', ...cards),
  );
}
