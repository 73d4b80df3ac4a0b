import { Registry } from 'prom-client';
import type { Logger } from '../../monitor/Logger.js';
import type { ProcessUsage } from './measureProcess.js';

export interface PrometheusLimits {
  /** Models that get a label of their own; further ones are `other`. */
  readonly models: number;
  /** Values that any other label can have. */
  readonly labelValues: number;
  /** Combinations of provider, model, operation and attribution; also the series of one metric made on demand. */
  readonly combinations: number;
  /** Metrics that `trackCounter`, `trackTiming` and `trackGauge` can make. */
  readonly metricsOnDemand: number;
}

export interface PrometheusReporterOptions {
  /** Told of unknown events, at level debug. */
  readonly logger?: Logger | undefined;
  /** The application's own registry, when the metrics are to stand among its own. */
  readonly registry?: Registry | undefined;
  /** Labels that tell whom a call is counted for. Default: app, feature. */
  readonly attributionLabels?: readonly string[] | undefined;
  readonly limits?: Partial<PrometheusLimits> | undefined;
  /** Shown as ai_budget_usd. */
  readonly budgets?: readonly { readonly name: string; readonly usd: number; readonly period: string }[] | undefined;
  /** Shown as ai_slo_objective_ratio; objectives between 0 and 1. */
  readonly slos?: readonly { readonly name: string; readonly objective: number }[] | undefined;
  /** Shown in promptmeter_build_info. */
  readonly version?: string | undefined;
  /** Whether the process itself is measured: memory, processor time, event loop. For a process of Promptmeter's own. A
   * function tells what several of its processes use together. */
  readonly process?: boolean | (() => ProcessUsage) | undefined;
}

const DEFAULT_LIMITS: PrometheusLimits = {
  models: 100,
  labelValues: 100,
  combinations: 2000,
  metricsOnDemand: 200,
};

/** The options with nothing left open but the logger and the version. */
export function normalize(options: PrometheusReporterOptions) {
  return {
    logger: options.logger,
    registry: options.registry ?? new Registry(),
    attributionLabels: options.attributionLabels ?? ['app', 'feature'],
    limits: { ...DEFAULT_LIMITS, ...options.limits },
    budgets: options.budgets ?? [],
    slos: options.slos ?? [],
    version: options.version,
    process: options.process ?? false,
  };
}
