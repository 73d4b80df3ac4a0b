import { Router, type Router as RouterType } from 'express';
import { allowOnly } from './httpEdges.js';

/** True when calls are taken, else why not. */
export type Ready = () => boolean | string;

/** /healthz answers while the process lives, /readyz while it takes calls. */
export function healthRoutes(ready: Ready): RouterType {
  const router = Router();
  router.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  router.get('/readyz', (_request, response) => {
    const state = ready();
    if (state === true) response.json({ status: 'ready' });
    else response.status(503).json({ status: 'not ready', reason: state === false ? 'not ready yet' : state });
  });
  router.all(['/healthz', '/readyz'], allowOnly('GET', 'HEAD'));
  return router;
}
