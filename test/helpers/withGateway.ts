import { createGateway } from '../../src/gateway/createGateway.js';
import type { Gateway, GatewayOptions } from '../../src/gateway/GatewayOptions.js';
import { AIPerformanceMonitor } from '../../src/monitor/AIPerformanceMonitor.js';
import type { LogFields, Logger } from '../../src/monitor/Logger.js';
import { InMemoryMetricsReporter } from '../../src/reporters/InMemoryMetricsReporter.js';

export interface RunningGateway {
  readonly gateway: Gateway;
  /** Without a path; the API is under /v1. */
  readonly url: string;
  readonly port: number;
  readonly reporter: InMemoryMetricsReporter;
  /** Every line that was logged, with its fields. */
  readonly lines: { readonly level: string; readonly message: string; readonly fields: LogFields }[];
}

/** Starts a gateway in front of this base URL on a free port. Whoever starts it closes it. */
export async function startGateway(baseUrl: string, options: Partial<GatewayOptions> = {}): Promise<RunningGateway> {
  const reporter = new InMemoryMetricsReporter();
  const lines: RunningGateway['lines'] = [];
  const at =
    (level: string) =>
    (message: string, fields: LogFields = {}): void => {
      lines.push({ level, message, fields });
    };
  const logger: Logger = { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
  const gateway = createGateway({
    host: '127.0.0.1',
    port: 0,
    defaultUpstream: { name: 'openai', baseUrl },
    upstreams: [],
    usageInStreams: true,
    timeoutSeconds: 20,
    maxBodyBytes: 64 * 1024 * 1024,
    maxConnections: 10_000,
    attributionLabels: ['app', 'feature'],
    monitor: new AIPerformanceMonitor({ metricsReporter: reporter, logger }),
    logger,
    reporter,
    ...options,
  });
  return { gateway, ...(await gateway.listen()), reporter, lines };
}
