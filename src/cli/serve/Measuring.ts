import type { MetricsSource } from '../../exporter/ports.js';
import type { GaugeSink } from '../../exporter/reconciliationRoutes.js';
import type { Gateway } from '../../gateway/GatewayOptions.js';
import type { AIPerformanceMonitor } from '../../monitor/AIPerformanceMonitor.js';

/** A gateway, in this process or in several, and what knows of its calls. */
export interface Measuring {
  readonly gateway: Gateway;
  readonly monitor: Pick<AIPerformanceMonitor, 'recordOutcome'>;
  readonly metrics: MetricsSource & GaugeSink;
  /** Whether there is anybody to take calls. */
  readonly ready: () => boolean;
}
