import type { IncomingMessage, ServerResponse } from 'node:http';
import { endpointOf } from './endpoints.js';
import { listDashboard } from './listDashboards.js';
import { page } from './page.js';
import { DEFAULT_LIMITS, type PreviewOptions } from './PreviewOptions.js';
import { PrometheusProxy } from './PrometheusProxy.js';
import { send, sendJson } from './send.js';

/** Answers a request and returns true, or returns false for a path that isn't the preview's. */
export type PreviewHandler = (req: IncomingMessage, res: ServerResponse) => boolean;

/**
 * The preview of Grafana dashboards as a request handler for any Node.js server. It only reads: of Prometheus it can
 * reach the query endpoints and of the files those that it was handed.
 */
export function createPreview(options: PreviewOptions): PreviewHandler {
  const { prefix = '', assets, grafanaUrl = null, tracesUrl = null, scrapeInterval = '15s' } = options;
  const proxy = new PrometheusProxy(options.prometheusUrl, { ...DEFAULT_LIMITS, ...options.limits });

  const dashboards = async (res: ServerResponse): Promise<void> => {
    const listed = (await options.dashboards()).map(listDashboard);
    sendJson(res, 200, JSON.stringify({ dashboards: listed, grafanaUrl, tracesUrl, scrapeInterval }));
  };
  const dashboard = async (res: ServerResponse, uid: string): Promise<void> => {
    const files = await options.dashboards();
    const file = files.find((each) => {
      const listed = listDashboard(each);
      return listed.uid === uid && listed.problem === undefined;
    });
    if (file === undefined) notFound(res);
    else sendJson(res, 200, file.content);
  };

  /** What answers a request at a path, or undefined when nothing does. */
  const route = (req: IncomingMessage, path: string, search: URLSearchParams): Responder | undefined => {
    const query = /^\/prometheus\/api\/v1\/(.+)$/.exec(path)?.[1];
    if (query !== undefined) {
      const endpoint = endpointOf(req.method ?? '', query);
      return endpoint && ((res) => proxy.answer(req, res, endpoint, search));
    }
    if (req.method !== 'GET' && req.method !== 'HEAD') return undefined;
    if (path === '/' || /^\/d\/[\w-]+(\/[\w-]*)?$/.test(path)) return (res) => send(res, 200, HTML, page(prefix));
    const asset = assets.get(/^\/assets\/([\w.-]+)$/.exec(path)?.[1] ?? '');
    if (asset !== undefined) return (res) => send(res, 200, asset.contentType, asset.body);
    if (path === '/api/dashboards') return dashboards;
    const uid = /^\/api\/dashboards\/([\w-]+)$/.exec(path)?.[1];
    return uid === undefined ? undefined : (res) => dashboard(res, uid);
  };

  return (req, res) => {
    // Node gives what stands in the request line, which may be no path at all.
    if (!URL.canParse(req.url ?? '/', BASE)) return false;
    const { pathname, search, searchParams } = new URL(req.url ?? '/', BASE);
    if (prefix !== '' && pathname === prefix) {
      res.writeHead(308, { location: `${prefix}/${search}` }).end();
      return true;
    }
    if (!pathname.startsWith(`${prefix}/`)) return false;
    void answer(res, route(req, pathname.slice(prefix.length), searchParams) ?? notFound);
    return true;
  };
}

type Responder = (res: ServerResponse) => void | Promise<void>;

const BASE = 'http://preview';
const HTML = 'text/html; charset=utf-8';

async function answer(res: ServerResponse, respond: Responder): Promise<void> {
  try {
    await respond(res);
  } catch {
    // The request broke off, or the folder of dashboards can't be read at this moment.
    if (res.headersSent || res.destroyed) res.destroy();
    else
      send(res, 500, 'text/plain; charset=utf-8', 'The dashboards could not be read; look at the folder and reload.\n');
  }
}

function notFound(res: ServerResponse): void {
  send(res, 404, 'text/plain; charset=utf-8', 'There is nothing here; the preview begins at its front page.\n');
}
