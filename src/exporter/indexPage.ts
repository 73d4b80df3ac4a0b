import type { RequestHandler } from 'express';
import { wantsPage } from './alerts/alertRoutes.js';
import { sendPage } from './html.js';

const LINKS = [
  ['/metrics', 'what Prometheus scrapes'],
  ['/metrics/ai', 'totals by model as JSON, with the admin token'],
  ['/alerts', 'alerts that Alertmanager delivered'],
  ['/healthz', 'whether the process lives'],
  ['/readyz', 'whether it takes calls'],
] as const;

/** What there is, for whoever finds the port. */
export const indexPage: RequestHandler = (request, response) => {
  if (!wantsPage(request)) {
    response.json({ name: 'promptmeter', routes: Object.fromEntries(LINKS) });
    return;
  }
  const items = LINKS.map(([path, about]) => `<li><a href="${path}">${path}</a>: ${about}</li>`);
  sendPage(response, 'Promptmeter', `<ul>\n${items.join('\n')}\n</ul>`);
};
