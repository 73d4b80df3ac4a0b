import { DURATION_BUCKETS_MS, FIRST_TOKEN_BUCKETS_MS, OVERHEAD_BUCKETS_MS, PER_TOKEN_BUCKETS_MS } from './buckets.js';
import type { MetricSpec } from './spec.js';

/**
 * Every metric that Promptmeter exports. The reporter registers from it; dashboards, rules and docs/metrics.md take
 * names and labels from it. Labels named here are always present; `attribution` adds those of promptmeter.yaml.
 */
export const METRICS = {
  requests: {
    name: 'ai_requests_total',
    type: 'counter',
    help: 'Calls to the API that ended, by how they ended.',
    labels: ['provider', 'model', 'status', 'operation'],
    attribution: true,
  },
  duration: {
    name: 'ai_request_duration_ms',
    type: 'histogram',
    help: 'Time from the start of a call to its end, retries included, in milliseconds.',
    labels: ['provider', 'model', 'status', 'operation'],
    buckets: DURATION_BUCKETS_MS,
  },
  firstToken: {
    name: 'ai_time_to_first_token_ms',
    type: 'histogram',
    help: 'Time from the start of a streamed call to its first output, in milliseconds.',
    labels: ['provider', 'model', 'operation'],
    buckets: FIRST_TOKEN_BUCKETS_MS,
  },
  tokens: {
    name: 'ai_token_usage_total',
    type: 'counter',
    help: 'Tokens used, as counted by the API. The type total is the sum of prompt and completion.',
    labels: ['provider', 'model', 'token_type', 'operation'],
    attribution: true,
  },
  tokenDetails: {
    name: 'ai_token_details_total',
    type: 'counter',
    help: 'Parts of the prompt and completion tokens. Subsets of ai_token_usage_total, not to be added to it.',
    labels: ['provider', 'model', 'detail'],
  },
  timePerOutputToken: {
    name: 'ai_time_per_output_token_ms',
    type: 'histogram',
    help: 'Time per output token after the first, (duration - first token) / (completion tokens - 1), in milliseconds.',
    labels: ['provider', 'model', 'operation'],
    buckets: PER_TOKEN_BUCKETS_MS,
  },
  cost: {
    name: 'ai_cost_usd_total',
    type: 'counter',
    help: 'Cost of the calls whose usage and price are known, in US dollars.',
    labels: ['provider', 'model', 'operation'],
    attribution: true,
  },
  cacheSaved: {
    name: 'ai_cache_saved_usd_total',
    type: 'counter',
    help: 'What calls cost less because a part of their prompt was cached, in US dollars. Already taken off the cost.',
    labels: ['provider', 'model'],
  },
  unpriced: {
    name: 'ai_unpriced_requests_total',
    type: 'counter',
    help: 'Calls with usage and no known price. Their cost is in no other metric.',
    labels: ['provider', 'model'],
  },
  costReconciliation: {
    name: 'ai_cost_reconciliation_ratio',
    type: 'gauge',
    help: 'Counted over billed cost, as `promptmeter reconcile` last found. Absent until then.',
    labels: ['provider'],
  },
  usageMissing: {
    name: 'ai_usage_missing_total',
    type: 'counter',
    help: 'Calls of which usage is unknown, by reason. The tokens that are not known and their cost are in no other metric.',
    labels: ['provider', 'model', 'reason'],
  },
  usageEstimated: {
    name: 'ai_usage_estimated_total',
    type: 'counter',
    help: 'Calls whose usage was estimated because the API sent none.',
    labels: ['provider', 'model'],
  },
  errors: {
    name: 'ai_errors_total',
    type: 'counter',
    help: 'Calls that did not succeed, by why.',
    labels: ['provider', 'model', 'error_type', 'operation'],
  },
  attempts: {
    name: 'ai_attempts_total',
    type: 'counter',
    help: 'HTTP attempts, by status; none when no answer came. A call that is tried again has several.',
    labels: ['provider', 'model', 'http_status'],
  },
  retries: {
    name: 'ai_retries_total',
    type: 'counter',
    help: 'Attempts made because an earlier one failed, by why that one failed.',
    labels: ['provider', 'model', 'reason'],
  },
  retryLost: {
    name: 'ai_retry_lost_ms_total',
    type: 'counter',
    help: 'Time from the start of a failed attempt to the start of the one that replaced it, by why it failed, in milliseconds.',
    labels: ['provider', 'model', 'reason'],
  },
  inFlight: {
    name: 'ai_requests_in_flight',
    type: 'gauge',
    help: 'Calls that have begun and not ended.',
    labels: ['provider', 'model', 'operation'],
  },
  finish: {
    name: 'ai_finish_total',
    type: 'counter',
    help: 'Answers by why the model stopped; length means that the answer was cut short.',
    labels: ['provider', 'model', 'finish_reason'],
  },
  outcomes: {
    name: 'ai_user_outcomes_total',
    type: 'counter',
    help: 'What users did with answers, by how long they had waited. The bands are the thresholds of promptmeter.yaml; none is a call without a first token.',
    labels: ['provider', 'model', 'outcome', 'latency_band', 'ttft_band'],
  },
  outcomesUnmatched: {
    name: 'ai_outcomes_unmatched_total',
    type: 'counter',
    help: 'Outcomes that could not be joined to a call, by why: the call is not known (any more), or the outcome is not.',
    labels: ['reason'],
  },
  rateLimit: {
    name: 'ai_ratelimit_limit',
    type: 'gauge',
    help: 'The rate limit that the API last announced. Absent while unknown.',
    labels: ['provider', 'model', 'kind'],
  },
  rateLimitRemaining: {
    name: 'ai_ratelimit_remaining',
    type: 'gauge',
    help: 'What the API last said remains of the rate limit. Absent while unknown.',
    labels: ['provider', 'model', 'kind'],
  },
  rateLimitReset: {
    name: 'ai_ratelimit_reset_seconds',
    type: 'gauge',
    help: 'Seconds until the rate limit is whole again, as last announced. Absent while unknown.',
    labels: ['provider', 'model', 'kind'],
  },
  budget: {
    name: 'ai_budget_usd',
    type: 'gauge',
    help: 'Budgets of promptmeter.yaml, in US dollars a period.',
    labels: ['budget', 'period'],
  },
  sloObjective: {
    name: 'ai_slo_objective_ratio',
    type: 'gauge',
    help: 'Objectives of promptmeter.yaml, as a ratio between 0 and 1.',
    labels: ['slo'],
  },
  buildInfo: {
    name: 'promptmeter_build_info',
    type: 'gauge',
    help: 'Always 1; the labels tell which Promptmeter runs.',
    labels: ['version', 'node_version'],
  },
  processStart: {
    name: 'promptmeter_process_start_time_seconds',
    type: 'gauge',
    help: 'When Promptmeter was started, in seconds since 1970.',
    labels: ['version'],
  },
  processMemory: {
    name: 'promptmeter_process_memory_bytes',
    type: 'gauge',
    help: 'Memory of the process in bytes: resident is all of it, heap what its objects take.',
    labels: ['kind'],
  },
  processCpu: {
    name: 'promptmeter_process_cpu_seconds_total',
    type: 'counter',
    help: 'Processor time of the process, in seconds, by mode: user or system.',
    labels: ['mode'],
  },
  eventLoopLag: {
    name: 'promptmeter_event_loop_lag_seconds',
    type: 'gauge',
    help: 'How late the event loop was since the scrape before, in seconds, by quantile.',
    labels: ['quantile'],
  },
  reporterErrors: {
    name: 'promptmeter_reporter_errors_total',
    type: 'counter',
    help: 'Times that a metrics reporter threw, rejected or was slow. The measured call is not affected.',
    labels: ['reason'],
  },
  labelOverflow: {
    name: 'promptmeter_label_overflow_total',
    type: 'counter',
    help: 'Values counted as "other" because their label was full.',
    labels: ['label'],
  },
  scrapeErrors: {
    name: 'promptmeter_scrape_errors_total',
    type: 'counter',
    help: 'Scrapes of /metrics that failed.',
    labels: [],
  },
  gatewayOverhead: {
    name: 'promptmeter_gateway_overhead_ms',
    type: 'histogram',
    help: 'Time that the gateway itself adds before a request goes on to the upstream, in milliseconds.',
    labels: [],
    buckets: OVERHEAD_BUCKETS_MS,
  },
} as const satisfies Record<string, MetricSpec>;

export type MetricKey = keyof typeof METRICS;
export type MetricName = (typeof METRICS)[MetricKey]['name'];

/** The labels of one row, as a union. */
export type LabelOf<K extends MetricKey> = (typeof METRICS)[K]['labels'][number];
