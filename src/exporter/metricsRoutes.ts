import { Router, type RequestHandler, type Router as RouterType } from 'express';
import { METRICS } from '../metrics/catalogue.js';
import { aiMetrics } from './aiMetrics.js';
import { BearerTokens, requireAdmin, requireMetricsToken } from './bearer.js';
import { allowOnly } from './httpEdges.js';
import { negotiate } from './negotiate.js';
import type { ExporterLogger, MetricsFormat, MetricsSource, Tokens } from './ports.js';

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

/** Answers that may be under way to scrapers that are slow to take them. A scrape a second of ten servers needs two. */
const MAX_UNDER_WAY = 50;

function scrape(source: MetricsSource | undefined, { logger, onScrapeError }: MetricsRoutesOptions): RequestHandler {
  let underWay = 0;
  return async (request, response) => {
    if (source === undefined) {
      response.type('text/plain').send('# No metrics available\n');
      return;
    }
    if (underWay >= MAX_UNDER_WAY) {
      response.status(503).set('Retry-After', '1').type('text/plain').send('# Too many scrapes at once; try again\n');
      return;
    }
    underWay += 1;
    response.once('close', () => (underWay -= 1));
    try {
      const { contentType, pieces } = await collect(source, negotiate(request));
      const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
      // Not by express, which would rewrite the charset of a string and hash all of it for an ETag.
      response.set({ 'Content-Type': contentType, 'Content-Length': String(length), Vary: 'Accept' });
      if (request.method !== 'HEAD') for (const piece of pieces) response.write(piece);
      response.end();
    } catch (error) {
      source.trackCounter?.(METRICS.scrapeErrors.name, 1);
      logger?.error('Collecting the metrics failed; this scrape is lost', { error: nameOf(error) });
      onScrapeError?.(error);
      response.status(500).type('text/plain').send('# Collecting the metrics failed; the log tells more\n');
    }
  };
}

interface Collected {
  readonly contentType: string;
  readonly pieces: readonly Uint8Array[];
}

async function collect(source: MetricsSource, format: MetricsFormat): Promise<Collected> {
  if (source.scrape !== undefined && source.contentTypeOf !== undefined) {
    return { contentType: source.contentTypeOf(format), pieces: await source.scrape(format) };
  }
  return { contentType: source.contentType, pieces: [Buffer.from(await source.getMetrics())] };
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
