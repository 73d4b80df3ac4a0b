import type { ThresholdSet } from './thresholds.js';

/** Over five minutes of at least ten calls, for a minute. */
const usual = { window: '5m', for: '1m', keepFiringFor: '1m', minimumRequests: 10 } as const;
/**
 * Of fewer than twenty calls a single slow one would be the 95th percentile. Ten minutes, so that two calls a minute are
 * enough: over five, the simulated month of docs/alerts.md has an incident that nobody is told of.
 */
const percentile = { ...usual, window: '10m', minimumRequests: 20 } as const;
/** Shares that are only worth a look when they last. */
const slow = { window: '15m', for: '5m', keepFiringFor: '5m', minimumRequests: 50 } as const;

/**
 * What holds where promptmeter.yaml is silent. Seconds, ratios, factors, US dollars. Meant for a chat application, whose
 * users wait up to ten seconds for an answer and read about five tokens a second.
 */
export const DEFAULT_THRESHOLDS: ThresholdSet = {
  latencyP95: { warning: 10, critical: 30, ...percentile },
  firstTokenP95: { warning: 3, critical: 10, ...percentile },
  timePerOutputTokenP95: { warning: 0.2, critical: 0.5, ...percentile },
  errorRatio: { warning: 0.05, critical: 0.2, ...usual },
  errorTypeRatio: { warning: 0.1, critical: null, ...usual },
  // Nothing but a person with a key or a credit card ends these, so they page at once.
  accountErrorRatio: { warning: null, critical: 0.05, ...usual, for: '0s' },
  abortedRatio: { warning: 0.3, critical: null, ...slow },
  cutStreamRatio: { warning: 0.02, critical: 0.1, ...usual, minimumRequests: 50 },
  retryRatio: { warning: 0.1, critical: 0.3, ...slow },
  truncatedRatio: { warning: 0.15, critical: null, ...slow },
  rateLimitHeadroom: { warning: 0.1, critical: 0.02, ...usual },
  costPerHour: { warning: 10, critical: 50, window: '15m', for: '1m', keepFiringFor: '1m', minimumRequests: 1 },
  costPerCall: { warning: 0.5, critical: 2, ...usual, window: '15m' },
  costJump: { warning: 3, critical: 10, window: '1h', for: '10m', keepFiringFor: '10m', minimumRequests: 100 },
  uncountedSpendRatio: { warning: 0.1, critical: null, ...slow, window: '1h' },
};

export const DEFAULTS = {
  environment: 'development',
  logLevel: 'info',
  host: '127.0.0.1',
  gatewayPort: 8080,
  metricsPort: 9464,
  attributionLabels: ['app', 'feature'],
  models: 100,
  labelValues: 100,
  usageInStreams: true,
  estimateUsage: false,
  gatewayTimeout: '10m',
  maxBodyMegabytes: 64,
  maxConnections: 10_000,
  workers: 1,
  outcomes: ['accepted', 'edited', 'retried', 'abandoned', 'thumbs_up', 'thumbs_down'],
  grafana: 'http://localhost:3000',
  runbooks: 'http://localhost:9464/runbooks',
  scrapeInterval: '5s',
  evaluationInterval: '5s',
  openaiBaseUrl: 'https://api.openai.com/v1',
} as const;
