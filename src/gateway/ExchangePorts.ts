import type { AIPerformanceMonitor } from '../monitor/AIPerformanceMonitor.js';
import type { Logger } from '../monitor/Logger.js';
import type { MetricsReporter } from '../monitor/MetricsReporter.js';
import type { AttributionReader } from './attribution.js';
import type { FailedAttempts } from './FailedAttempts.js';
import type { RunningOne } from './Running.js';

/** A call that runs and can be cut. */
export interface RunningExchange extends RunningOne {
  shutDown(): void;
}

/** What every exchange needs of the gateway. */
export interface ExchangePorts {
  readonly monitor: AIPerformanceMonitor;
  readonly logger: Logger;
  readonly reporter: Pick<MetricsReporter, 'trackTiming'> | undefined;
  readonly usageInStreams: boolean;
  readonly maxBodyBytes: number;
  /** How long an upstream may stay silent. */
  readonly timeoutMs: number;
  readonly attribution: AttributionReader;
  readonly failedAttempts: FailedAttempts;
  /** Does what no client waits for, now or a little later. */
  readonly afterwards: (work: () => void) => void;
  /** True once the gateway accepts no more calls, so that clients are told to close their connections. */
  readonly draining: () => boolean;
  /** Told once for every exchange, when its end is recorded. */
  readonly recorded: (exchange: RunningExchange) => void;
}
