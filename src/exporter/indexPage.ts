import type { RequestHandler } from 'express';
import { wantsPage } from './alerts/alertRoutes.js';
import { sendPage } from './html.js';

const LINKS = {
  '/metrics': 'what Prometheus scrapes',
  '/metrics/ai': 'totals by model as JSON, with the admin token',
  '/dashboards': 'the dashboards, drawn from Prometheus',
  '/alerts': 'alerts that Alertmanager delivered',
  '/runbooks': 'what to do about each alert',
  '/healthz': 'whether the process lives',
  '/readyz': 'whether it takes calls',
} as const;

/** What there is, for whoever finds the port; `absent` routes are left out. */
export function indexPage(absent: ReadonlySet<string>): RequestHandler {
  const links = Object.entries(LINKS).filter(([path]) => !absent.has(path));
  const items = links.map(([path, about]) => `<li><a href="${path}">${path}</a>: ${about}</li>`);
  return (request, response) => {
    if (wantsPage(request)) sendPage(response, 'Promptmeter', `<ul>\n${items.join('\n')}\n</ul>`);
    else response.json({ name: 'promptmeter', routes: Object.fromEntries(links) });
  };
}
