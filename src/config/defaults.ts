import type { ThresholdSet } from './Config.js';

/** What holds where promptmeter.yaml is silent. Seconds, ratios, US dollars an hour. */
export const DEFAULT_THRESHOLDS: ThresholdSet = {
  latencyP95: { warning: 10, critical: 30, window: '5m', for: '1m', minimumRequests: 10 },
  firstTokenP95: { warning: 3, critical: 10, window: '5m', for: '1m', minimumRequests: 10 },
  errorRatio: { warning: 0.05, critical: 0.2, window: '5m', for: '1m', minimumRequests: 10 },
  costPerHour: { warning: 10, critical: 50, window: '15m', for: '1m', minimumRequests: 1 },
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
  gatewayTimeout: '10m',
  maxBodyMegabytes: 64,
  outcomes: ['accepted', 'edited', 'retried', 'abandoned', 'thumbs_up', 'thumbs_down'],
  grafana: 'http://localhost:3000',
  runbooks: 'https://github.com/promptmeter/promptmeter/blob/main/docs/runbooks',
  scrapeInterval: '5s',
  evaluationInterval: '5s',
  openaiBaseUrl: 'https://api.openai.com/v1',
} as const;
