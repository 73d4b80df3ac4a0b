import express, { Router, type Router as RouterType } from 'express';
import { METRICS } from '../metrics/catalogue.js';
import { BearerTokens, requireAdmin } from './bearer.js';
import { allowOnly } from './httpEdges.js';
import type { Tokens } from './ports.js';
import { sendError } from './sendError.js';

/** Knows how to set a gauge. `PrometheusMetricsReporter` fits. */
export interface GaugeSink {
  trackGauge?(name: string, value: number, tags: Readonly<Record<string, string>>): void;
}

const MAX_BODY = '1kb';
const ALLOWED = 'send {"provider": "openai", "ratio": 0.98} with a ratio of 0 or more';

/** Takes what `promptmeter reconcile` found, so that Prometheus scrapes it with everything else. For the admin. */
export function reconciliationRoutes(metrics: GaugeSink, tokens: Tokens): RouterType {
  const router = Router();
  router.put('/', requireAdmin(new BearerTokens(tokens)), express.json({ limit: MAX_BODY }), (request, response) => {
    const read = readRatio(request.body);
    if (read === undefined) {
      sendError(response, 400, 'bad_request', ALLOWED);
      return;
    }
    if (metrics.trackGauge === undefined) {
      sendError(response, 503, 'metrics_missing', 'promptmeter.yaml names no prometheus under reporters');
      return;
    }
    metrics.trackGauge(METRICS.costReconciliation.name, read.ratio, { provider: read.provider });
    response.status(204).end();
  });
  router.all('/', allowOnly('PUT'));
  return router;
}

function readRatio(body: unknown): { readonly provider: string; readonly ratio: number } | undefined {
  if (typeof body !== 'object' || body === null || !('provider' in body) || !('ratio' in body)) return undefined;
  const { provider, ratio } = body;
  if (typeof provider !== 'string' || !/^[a-z0-9-]{1,64}$/.test(provider)) return undefined;
  return typeof ratio === 'number' && ratio >= 0 && ratio < Infinity ? { provider, ratio } : undefined;
}
