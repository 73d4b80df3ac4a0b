/**
 * Promptmeter as a library: measure an application's calls to OpenAI in the application itself.
 *
 * ```ts
 * const metricsReporter = new PrometheusMetricsReporter();
 * const monitor = new AIPerformanceMonitor({ metricsReporter, priceBook: createPriceBook() });
 * const openai = monitorOpenAI(new OpenAI(), { monitor });
 * ```
 */
export type { Attempt, RateLimit, RateLimits, ToldAttempt, ToldLimits } from './call/attempt.js';
export type { Attribution, CallContext, CallFailure, CallResult } from './call/call.js';
export { ERROR_TYPES, type ErrorType } from './call/errorType.js';
export type { FinishReason } from './call/finishReason.js';
export type { Operation } from './call/operation.js';
export type { CallStatus } from './call/status.js';
export { USER_OUTCOMES, type RecordedOutcome, type UnmatchedReason, type UserOutcome } from './call/userOutcome.js';
export type { BilledUnits, ImageUnits } from './call/units.js';
export type { Unmetered } from './call/unmetered.js';
export type { TokenDetails, TokenUsage, UsageMissingReason } from './call/usage.js';
export type { Config } from './config/Config.js';
export { loadConfig, type LoadConfigOptions } from './config/loadConfig.js';
export {
  ConfigurationError,
  isConfigurationError,
  isPromptmeterError,
  MetricConflictError,
  MissingOptionError,
  MissingServiceError,
  PromptmeterError,
  UnsupportedClientError,
  type ConfigurationProblem,
  type PromptmeterErrorCode,
} from './errors.js';
export { metricsRoutes, type MetricsRoutesOptions } from './exporter/metricsRoutes.js';
export { outcomeRoutes, type OutcomeSink } from './exporter/outcomes/outcomeRoutes.js';
export { METRICS, type MetricKey, type MetricName } from './metrics/catalogue.js';
export { AIPerformanceMonitor, type AIPerformanceMonitorOptions } from './monitor/AIPerformanceMonitor.js';
export type { Clock } from './monitor/Clock.js';
export { correlationIdOf } from './monitor/correlationIds.js';
export type { AIEvent, EventMetrics, EventName } from './monitor/events.js';
export type { LogFields, Logger } from './monitor/Logger.js';
export type { MetricsReporter, Tags } from './monitor/MetricsReporter.js';
export type { OpenCall } from './monitor/OpenCall.js';
export type { OutcomeOptions, OutcomeVerdict } from './monitor/outcomes/OutcomeJoin.js';
export type { WaitBounds } from './monitor/outcomes/WaitBands.js';
export type { UnreadEvent } from './monitor/unreadEvent.js';
export { withAttribution } from './monitor/withAttribution.js';
export type { UsageEstimator } from './monitor/UsageEstimator.js';
export type { AIClient, MessageOptions, Messages, StreamOptions } from './openai/AIClient.js';
export { createUsageEstimator, type UsageEstimatorOptions } from './openai/estimate/createUsageEstimator.js';
export { monitorOpenAI, type MonitorOpenAIOptions } from './openai/monitorOpenAI.js';
export { OpenAIClientAdapter, type OpenAIClientAdapterOptions } from './openai/OpenAIClientAdapter.js';
export {
  createPriceBook,
  type ExplainingPriceBook,
  type PriceBookOptions,
  type PriceExplanation,
} from './pricing/createPriceBook.js';
export type { PriceOverride, PriceOverrides } from './pricing/overrides.js';
export type { PriceBook, PricedCall } from './pricing/PriceBook.js';
export type { PriceLine } from './pricing/priceLines.js';
export type { PriceSheet } from './pricing/PriceSheet.js';
export { ConsoleMetricsReporter } from './reporters/ConsoleMetricsReporter.js';
export { createReporter, type CreateReporterOptions, type ReporterKind } from './reporters/createReporter.js';
export { FanOutReporter } from './reporters/FanOutReporter.js';
export { InMemoryMetricsReporter } from './reporters/InMemoryMetricsReporter.js';
export type { PrometheusLimits, PrometheusReporterOptions } from './reporters/prometheus/options.js';
export { PrometheusMetricsReporter } from './reporters/PrometheusMetricsReporter.js';
