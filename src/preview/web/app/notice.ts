import { h } from '../ui/h.js';

/** Says on every page what it is and where the real thing is. */
export function notice(grafanaUrl: string | undefined, path = ''): HTMLElement {
  const base = grafanaUrl?.replace(/\/+$/, '');
  return h(
    'p',
    'notice',
    h('strong', {}, 'Preview'),
    ' of the Grafana dashboard in this repository, drawn from Prometheus without Grafana. Details differ. ',
    base === undefined
      ? undefined
      : h('a', { attributes: { href: `${base}${path}`, rel: 'noreferrer' } }, 'Open it in Grafana'),
  );
}
