import type { Tls } from '../../../access/httpServer.js';
import { createGateway } from '../../../gateway/createGateway.js';
import { messageOf } from '../../../errors.js';
import { loadConfig } from '../../../config/loadConfig.js';
import { AIPerformanceMonitor } from '../../../monitor/AIPerformanceMonitor.js';
import { createUsageEstimator } from '../../../openai/estimate/createUsageEstimator.js';
import { createPriceBook } from '../../../pricing/createPriceBook.js';
import { ownUsage } from '../../../reporters/prometheus/measureProcess.js';
import type { Io } from '../../io.js';
import { createPinoLogger } from '../../pinoLogger.js';
import { gatewayAccess } from '../gatewayAccess.js';
import { readTls } from '../readTls.js';
import { BatchReporter } from './BatchReporter.js';
import { isToWorker, type FromWorker, type ToWorker } from './messages.js';

/** How long calls may take to end when the primary is gone. */
const ORPHAN_DRAIN_MS = 30_000;

/** Runs the gateway as one worker of several, for the primary that keeps the metrics. Resolves when it is told to stop. */
export async function serveWorker(io: Io): Promise<void> {
  const config = loadConfig(io);
  const logger = createPinoLogger({ level: config.logLevel, write: (line) => io.stderr(line) });
  const reporter = new BatchReporter((reports) => send({ kind: 'reports', reports }));
  const monitor = new AIPerformanceMonitor({
    logger,
    metricsReporter: reporter,
    priceBook: createPriceBook(config.prices),
    // The primary joins outcomes, since it knows the calls of all workers.
    outcomes: { maxCalls: 0 },
    usageEstimator: config.gateway.estimateUsage ? createUsageEstimator() : undefined,
  });
  const { host, gateway, attributionLabels } = config;
  const access = gatewayAccess(config, io.env);
  const tls = readTls(config).gateway;
  const ports = { monitor, logger, reporter, measuresAtOnce: true };
  const server = createGateway({ ...gateway, host, attributionLabels, access, tls, ...ports });
  // A terminal tells every process of a group; the primary says when to stop and which keys hold.
  io.onStop(() => undefined);
  io.onReload(() => undefined);
  const stop = stopped({
    flush: () => {
      reporter.flush();
      send({ kind: 'flushed', usage: ownUsage() });
    },
    tls: (renewed) => server.renewTls(renewed),
    access: ({ keys, upstreamKeys }) => server.renewAccess({ keys, upstreamKeys: new Map(upstreamKeys) }),
  });
  try {
    const { url, port } = await server.listen();
    send({ kind: 'listening', url, port });
  } catch (error) {
    await sent({ kind: 'refused', message: messageOf(error) });
    return;
  }
  await server.close(await stop);
  reporter.flush();
  await sent({ kind: 'flushed', usage: ownUsage() });
}

interface Wishes {
  readonly flush: () => void;
  readonly tls: (tls: Tls) => void;
  readonly access: (message: Extract<ToWorker, { kind: 'access' }>) => void;
}

/** Does what the primary wants, and resolves to how long calls may take to end when it says so or is gone. */
function stopped(wishes: Wishes): Promise<number> {
  return new Promise((resolve) => {
    process.on('message', (message: unknown) => {
      if (!isToWorker(message)) return;
      if (message.kind === 'flush') wishes.flush();
      else if (message.kind === 'tls') wishes.tls(message.tls);
      else if (message.kind === 'access') wishes.access(message);
      else resolve(message.drainMs);
    });
    process.once('disconnect', () => resolve(ORPHAN_DRAIN_MS));
  });
}

function send(message: FromWorker): void {
  if (process.connected) process.send?.(message);
}

/** The process may end once this resolves. */
async function sent(message: FromWorker): Promise<void> {
  if (!process.connected) return;
  await new Promise<void>((resolve) => process.send?.(message, undefined, undefined, () => resolve()));
}
