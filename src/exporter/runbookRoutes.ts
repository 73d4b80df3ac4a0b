import { Router, type Router as RouterType } from 'express';
import { allowOnly } from './httpEdges.js';
import { sendError } from './sendError.js';

/** What to do about each alert, by file name such as `AIErrorRatioHigh.md`: the pages that alerts link to. */
export function runbookRoutes(runbooks: ReadonlyMap<string, string>): RouterType {
  const router = Router();
  router.get('/', (_request, response) => {
    response.json({ runbooks: [...runbooks.keys()].map((name) => `/runbooks/${name}`) });
  });
  router.get('/:name', ({ params }, response) => {
    const text = runbooks.get(params.name);
    if (text === undefined) sendError(response, 404, 'not_found', 'there is no such runbook; /runbooks lists them');
    else response.type('text/plain').send(text);
  });
  router.all(['/', '/:name'], allowOnly('GET', 'HEAD'));
  return router;
}
