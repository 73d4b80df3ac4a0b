import express, { type NextFunction, type Request, type Response } from 'express';
import { z } from 'zod';
import { startServer, type StartedServer } from './startServer.js';

export const GRAFANA_TOKEN = 'glsa_test';

const posted = z.object({
  dashboard: z.looseObject({ id: z.null(), uid: z.string(), title: z.string(), version: z.number() }),
  folderUid: z.string(),
  overwrite: z.boolean(),
});
type Posted = z.infer<typeof posted>;
const folder = z.object({ uid: z.string(), title: z.string() });
const annotation = z.object({ time: z.number(), tags: z.array(z.string()), text: z.string() });

export interface GrafanaServer extends StartedServer {
  /** Method and path of every request. */
  readonly requests: string[];
  readonly folders: z.infer<typeof folder>[];
  readonly dashboards: Map<string, Posted>;
  readonly annotations: z.infer<typeof annotation>[];
  /** The role of the token. */
  role: 'Viewer' | 'Editor';
  /** Called between what a push sees and what it sends. */
  meanwhile: () => void;
}

/**
 * Speaks the part of Grafana's HTTP API that is used here, with its statuses and bodies:
 * https://grafana.com/docs/grafana/latest/developers/http_api/dashboard/ (read November 2026)
 */
export async function startGrafana(): Promise<GrafanaServer> {
  const state: Omit<GrafanaServer, keyof StartedServer> = {
    requests: [],
    folders: [],
    dashboards: new Map<string, Posted>(),
    annotations: [],
    role: 'Editor',
    meanwhile: () => undefined,
  };
  const app = express().use(express.json({ limit: '1mb' }));
  app.use((request: Request, response: Response, next: NextFunction) => {
    state.requests.push(`${request.method} ${request.path}`);
    if (request.get('authorization') !== `Bearer ${GRAFANA_TOKEN}`) {
      response.status(401).json({ message: 'Invalid API key', statusCode: 401 });
    } else if (request.method !== 'GET' && state.role === 'Viewer') {
      response
        .status(403)
        .json({ message: "You'll need additional permissions to perform this action", title: 'Access denied' });
    } else next();
  });
  app.get('/api/folders/:uid', (request, response) => {
    const found = state.folders.find(({ uid }) => uid === request.params.uid);
    if (found === undefined) response.status(404).json({ message: 'folder not found', status: 'not-found' });
    else response.json({ id: 1, ...found });
  });
  app.post('/api/folders', (request, response) => {
    state.folders.push(folder.parse(request.body));
    response.json({ id: 1, ...folder.parse(request.body) });
  });
  app.get('/api/dashboards/uid/:uid', (request, response) => {
    const found = state.dashboards.get(request.params.uid);
    if (found === undefined) response.status(404).json({ message: 'Dashboard not found' });
    else response.json({ meta: { folderUid: found.folderUid }, dashboard: { ...found.dashboard, id: 7 } });
  });
  app.post('/api/dashboards/db', (request, response) => {
    state.meanwhile();
    const sent = posted.parse(request.body);
    const { uid, title, version } = sent.dashboard;
    const present = state.dashboards.get(uid);
    const namesake = [...state.dashboards.values()].some(
      (other) => other.dashboard.title === title && other.dashboard.uid !== uid && other.folderUid === sent.folderUid,
    );
    if (namesake && !sent.overwrite) {
      response
        .status(412)
        .json({ status: 'name-exists', message: 'A dashboard with the same name in the folder already exists' });
      return;
    }
    if (present !== undefined && present.dashboard.version !== version && !sent.overwrite) {
      response
        .status(412)
        .json({ status: 'version-mismatch', message: 'The dashboard has been changed by someone else' });
      return;
    }
    const next = (present?.dashboard.version ?? 0) + 1;
    state.dashboards.set(uid, { ...sent, dashboard: { ...sent.dashboard, version: next } });
    response.json({ id: 7, uid, status: 'success', version: next, url: `/d/${uid}` });
  });
  app.post('/api/annotations', (request, response) => {
    state.annotations.push(annotation.parse(request.body));
    response.json({ message: 'Annotation added', id: state.annotations.length });
  });
  return Object.assign(state, await startServer(app));
}
