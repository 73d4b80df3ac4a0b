import cluster from 'node:cluster';
import { loadConfig } from '../../config/loadConfig.js';
import type { Io, StopSignal } from '../io.js';
import { createPinoLogger } from '../pinoLogger.js';
import { gatewayAccess } from './gatewayAccess.js';
import { dashboardPage, readRunbooks } from './pages.js';
import { readTls } from './readTls.js';
import { keepRenewing } from './renewing.js';
import { Services } from './Services.js';
import { serveWorker } from './workers/serveWorker.js';

/** How long running calls may take to end once we are told to stop. Docker and Kubernetes must wait a little longer. */
const DRAIN_MS = 30_000;
/** And then how long the last scrape may take to come: Prometheus scrapes every 15 s in most places, and here oftener. */
const LAST_SCRAPE_MS = 15_000;

/**
 * Prints one line of JSON for each listener when both are ready, and resolves when the last call has ended.
 * @throws ConfigurationError, and MissingServiceError when a port can't be had.
 */
export async function serve(io: Io): Promise<void> {
  if (cluster.isWorker) {
    await serveWorker(io);
    return;
  }
  const config = loadConfig(io);
  const logger = createPinoLogger({ level: config.logLevel, write: (line) => io.stderr(line) });
  const pages = { dashboards: await dashboardPage(config, io), runbooks: readRunbooks() };
  const services = new Services(config, logger, {
    ...pages,
    access: gatewayAccess(config, io.env),
    tls: readTls(config),
  });
  const stopRenewing = keepRenewing(config, services, logger, io);
  const stopped = new Promise<StopSignal>((resolve) => {
    io.onStop((signal) => resolve(signal));
  });
  for (const line of await services.start()) io.stdout(JSON.stringify(line));
  logger.info('Taking calls', { configuration: config.source, environment: config.environment });
  const signal = await stopped;
  stopRenewing();
  logger.info('Stopping: calls that run may finish', { signal, seconds: DRAIN_MS / 1000 });
  await services.stop({ drainMs: DRAIN_MS, scrapeMs: LAST_SCRAPE_MS });
  logger.info('Stopped');
}
