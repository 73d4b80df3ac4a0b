import express, { Router, type Router as RouterType } from 'express';
import { BearerTokens, requireMetricsToken } from '../bearer.js';
import { allowOnly, requireJson } from '../httpEdges.js';
import type { Tokens } from '../ports.js';
import { sendError } from '../sendError.js';
import { readOutcomes, type SentOutcome } from './readOutcomes.js';

/** Knows how to join an outcome to its call, and says what came of it. `AIPerformanceMonitor` fits. */
export interface OutcomeSink {
  recordOutcome(outcome: SentOutcome): 'matched' | 'unknown_call' | 'unknown_outcome';
}

const MAX_BODY = '256kb';

/**
 * The route of /outcomes, to be mounted in an application's own Express server too:
 * `app.use('/outcomes', outcomeRoutes(monitor))`. Takes `{"correlationId", "outcome"}` or a list of them and answers how
 * many were joined to a call, how many not, and why. Where /metrics needs a token this needs it, too.
 */
export function outcomeRoutes(sink: OutcomeSink, tokens: Tokens = {}): RouterType {
  const router = Router();
  const json = express.json({ limit: MAX_BODY, strict: false });
  router.post('/', requireMetricsToken(new BearerTokens(tokens)), requireJson, json, (request, response) => {
    const read = readOutcomes(request.body);
    if ('problem' in read) {
      sendError(response, 400, 'bad_request', read.problem);
      return;
    }
    const counts = { matched: 0, unknown_call: 0, unknown_outcome: 0 };
    for (const { correlationId, outcome } of read.outcomes) counts[sink.recordOutcome({ correlationId, outcome })] += 1;
    response.json(counts);
  });
  router.all('/', allowOnly('POST'));
  return router;
}
