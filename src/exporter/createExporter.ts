import express, { type Express, type RequestHandler } from 'express';
import { FailureLimiter } from '../access/FailureLimiter.js';
import type { Tls } from '../access/httpServer.js';
import { alertRoutes } from './alerts/alertRoutes.js';
import { healthRoutes, type Ready } from './healthRoutes.js';
import { allowOnly, handleError, notFound, securityHeaders } from './httpEdges.js';
import { indexPage } from './indexPage.js';
import { Listener, type ListenerOptions } from './Listener.js';
import { metricsRoutes, type MetricsRoutesOptions } from './metricsRoutes.js';
import type { MetricsSource, Page } from './ports.js';
import { outcomeRoutes, type OutcomeSink } from './outcomes/outcomeRoutes.js';
import { reconciliationRoutes, type GaugeSink } from './reconciliationRoutes.js';
import { runbookRoutes } from './runbookRoutes.js';
import { Scrapers } from './Scrapers.js';

/** Port 0 picks a free one. */
export interface ExporterOptions extends MetricsRoutesOptions, ListenerOptions {
  readonly metrics: MetricsSource & GaugeSink;
  /** Takes what users did with answers; without one there is no /outcomes. */
  readonly outcomes?: OutcomeSink | undefined;
  /** What /runbooks shows, by file name. */
  readonly runbooks?: ReadonlyMap<string, string> | undefined;
  /** Shows the dashboards, below /dashboards. */
  readonly dashboards?: Page | undefined;
  /** True when calls are taken, else why not. Always ready when absent. */
  readonly ready?: Ready | undefined;
}

export interface Exporter {
  /**
   * Begins to answer.
   * @throws MissingServiceError when the address can't be had; the message names it and what to set.
   */
  listen(): Promise<{ readonly url: string; readonly port: number }>;
  /**
   * Resolves when everyone who scrapes regularly, over a connection that is kept, has scraped once more: at once when
   * there is nobody, and after `ms` milliseconds at the latest.
   */
  scrapedOnceMore(ms: number): Promise<void>;
  /** New connections get this certificate. Of no effect on an exporter that was made without `tls`. */
  renewTls(tls: Tls): void;
  /** Answers what was asked and ends. May be called at any time, and again. */
  close(): Promise<void>;
}

/** The HTTP side for operators: metrics, alerts, health. */
export function createExporter(options: ExporterOptions): Exporter {
  const scrapers = new Scrapers();
  const listener = new Listener(appOf(options, scrapers), options);
  return {
    listen: () => listener.listen(),
    scrapedOnceMore: (ms) => scrapers.onceMore(ms),
    renewTls: (tls) => listener.renewTls(tls),
    close: () => listener.close(),
  };
}

function appOf(
  { metrics, outcomes, runbooks, dashboards, ready = () => true, ...given }: ExporterOptions,
  scrapers: Scrapers,
): Express {
  // One for all routes, so that nobody can guess on each in turn.
  const options = { failures: new FailureLimiter(), ...given };
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(securityHeaders);
  const absent = [...(runbooks ? [] : ['/runbooks']), ...(dashboards ? [] : ['/dashboards'])];
  app.get('/', indexPage(new Set(absent)));
  app.all('/', allowOnly('GET', 'HEAD'));
  app.get('/metrics', (request, response, next) => {
    scrapers.asked(request, response);
    next();
  });
  app.use('/metrics', metricsRoutes(metrics, options));
  app.use('/alerts', alertRoutes(options.logger));
  if (outcomes !== undefined) app.use('/outcomes', outcomeRoutes(outcomes, options));
  app.use('/reconciliation', reconciliationRoutes(metrics, options));
  if (runbooks !== undefined) app.use('/runbooks', runbookRoutes(runbooks));
  if (dashboards !== undefined) app.use(showing(dashboards));
  app.use(healthRoutes(ready));
  app.use(notFound);
  app.use(handleError(options.logger));
  return app;
}

function showing(page: Page): RequestHandler {
  return (request, response, next) => {
    if (!page(request, response)) next();
  };
}
