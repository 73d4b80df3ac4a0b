import type { Config } from '../../../config/Config.js';
import { AIPerformanceMonitor } from '../../../monitor/AIPerformanceMonitor.js';
import { contain } from '../../../monitor/contain.js';
import type { Logger } from '../../../monitor/Logger.js';
import { ownUsage } from '../../../reporters/prometheus/measureProcess.js';
import { createReporters } from '../createReporters.js';
import type { Measuring } from '../Measuring.js';
import { outcomeOptions } from '../outcomeOptions.js';
import { GatewayWorkers } from './GatewayWorkers.js';
import type { Report } from './messages.js';
import { settledFirst } from './settledFirst.js';

/**
 * The gateway in several processes. They measure and tell; everything is counted here, in one place, so that limits of
 * labels, outcomes and calls in flight are those of one Promptmeter, and nothing is lost with a process.
 */
export function severalProcesses(config: Config, logger: Logger): Measuring {
  const workers: GatewayWorkers = new GatewayWorkers({
    count: config.gateway.workers,
    host: config.host,
    port: config.gateway.port,
    logger,
    take: (report) => take(report),
  });
  const { reporter, metrics } = createReporters(config, logger, () => {
    const [own, theirs] = [ownUsage(), workers.usage];
    return {
      resident: own.resident + theirs.resident,
      heap: own.heap + theirs.heap,
      user: own.user + theirs.user,
      system: own.system + theirs.system,
    };
  });
  const monitor = new AIPerformanceMonitor({ logger, metricsReporter: reporter, outcomes: outcomeOptions(config) });
  const take = (report: Report): void => {
    if (report[0] === 'event') {
      const [, ...event] = report;
      monitor.relay(...event);
      return;
    }
    const [kind, name, value, tags] = report;
    const track = { counter: 'trackCounter', timing: 'trackTiming', gauge: 'trackGauge' } as const;
    contain(() => reporter[track[kind]](name, value, tags));
  };
  return {
    gateway: workers,
    monitor,
    metrics: settledFirst(metrics, () => workers.settled()),
    ready: () => workers.ready,
  };
}
