import { Router, type RequestHandler, type Router as RouterType } from 'express';
import { METRICS } from '../metrics/catalogue.js';
import { aiMetrics } from './aiMetrics.js';
import { BearerTokens, requireAdmin, requireMetricsToken } from './bearer.js';
import { allowOnly } from './httpEdges.js';
import type { ExporterLogger, MetricsSource, Tokens } from './ports.js';

export interface MetricsRoutesOptions extends Tokens {
  readonly logger?: ExporterLogger | undefined;
  /** Told of every scrape that failed. */
  readonly onScrapeError?: ((error: unknown) => void) | undefined;
}

/**
 * The routes of /metrics, to be mounted in an application's own Express server:
 * `app.use('/metrics', metricsRoutes(reporter, { adminToken }))`. `/` is for Prometheus and `/ai` for people who
 * administer the application. A reporter that keeps no metrics is answered for with an empty page.
 */
export function metricsRoutes(reporter: object, options: MetricsRoutesOptions = {}): RouterType {
  const tokens = new BearerTokens(options);
  const source = sourceIn(reporter);
  const router = Router();
  router.get('/', requireMetricsToken(tokens), scrape(source, options));
  router.all('/', allowOnly('GET', 'HEAD'));
  router.get('/ai', requireAdmin(tokens), async (_request, response) => {
    response.json(aiMetrics((await source?.registry?.getMetricsAsJSON()) ?? []));
  });
  router.all('/ai', allowOnly('GET', 'HEAD'));
  return router;
}

function scrape(source: MetricsSource | undefined, { logger, onScrapeError }: MetricsRoutesOptions): RequestHandler {
  return async (_request, response) => {
    if (source === undefined) {
      response.type('text/plain').send('# No metrics available\n');
      return;
    }
    try {
      const text = await source.getMetrics();
      // As bytes, since express would rewrite the charset of a string's content type.
      response.set('Content-Type', source.contentType).send(Buffer.from(text));
    } catch (error) {
      source.trackCounter?.(METRICS.scrapeErrors.name, 1);
      logger?.error('Collecting the metrics failed; this scrape is lost', { error: nameOf(error) });
      onScrapeError?.(error);
      response.status(500).type('text/plain').send('# Collecting the metrics failed; the log tells more\n');
    }
  };
}

/** The reporter itself, or the first of a fan-out's that keeps metrics. */
function sourceIn(reporter: object): MetricsSource | undefined {
  if (isMetricsSource(reporter)) return reporter;
  const members: unknown[] = 'reporters' in reporter && Array.isArray(reporter.reporters) ? reporter.reporters : [];
  return members.find((member) => isMetricsSource(member));
}

function isMetricsSource(reporter: unknown): reporter is MetricsSource {
  return (
    typeof reporter === 'object' &&
    reporter !== null &&
    'getMetrics' in reporter &&
    typeof reporter.getMetrics === 'function' &&
    'contentType' in reporter &&
    typeof reporter.contentType === 'string'
  );
}

const nameOf = (error: unknown): string => (error instanceof Error ? `${error.name}: ${error.message}` : String(error));
