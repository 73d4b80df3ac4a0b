import type { Config } from '../../config/Config.js';
import { createGateway } from '../../gateway/createGateway.js';
import type { GatewayOptions } from '../../gateway/GatewayOptions.js';
import { AIPerformanceMonitor } from '../../monitor/AIPerformanceMonitor.js';
import type { Logger } from '../../monitor/Logger.js';
import { createUsageEstimator } from '../../openai/estimate/createUsageEstimator.js';
import { createPriceBook } from '../../pricing/createPriceBook.js';
import { createReporters } from './createReporters.js';
import type { Measuring } from './Measuring.js';
import { outcomeOptions } from './outcomeOptions.js';

/** The gateway in this very process, as `workers: 1` has it. */
export function oneProcess(config: Config, logger: Logger, entry: Pick<GatewayOptions, 'access' | 'tls'>): Measuring {
  const { reporter, prometheus, metrics } = createReporters(config, logger);
  const monitor = new AIPerformanceMonitor({
    logger,
    metricsReporter: reporter,
    priceBook: createPriceBook(config.prices),
    outcomes: outcomeOptions(config),
    usageEstimator: config.gateway.estimateUsage ? createUsageEstimator() : undefined,
  });
  const { host, gateway, attributionLabels } = config;
  return {
    gateway: createGateway({ ...gateway, host, attributionLabels, ...entry, monitor, logger, reporter: prometheus }),
    monitor,
    metrics,
    ready: () => true,
  };
}
