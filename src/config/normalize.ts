import type { Config, Secret, Upstream } from './Config.js';
import { normalizeBudget } from './budgets.js';
import { normalizeCapacity } from './capacity.js';
import { DEFAULTS } from './defaults.js';
import { seconds } from './duration.js';
import type { EnvironmentValues } from './environment.js';
import { normalizeObjective } from './objectives.js';
import { normalizeRouting } from './routing.js';
import type { ConfigFile } from './schema.js';
import { mergeThresholds } from './thresholds.js';

const BYTES_PER_MEGABYTE = 1_000_000;

/** The one place where a loose file and a loose environment become one total object. */
export function normalize(source: string, file: ConfigFile, env: EnvironmentValues): Config {
  return {
    source,
    attributionLabels: file.attribution?.labels ?? DEFAULTS.attributionLabels,
    limits: {
      models: file.limits?.models ?? DEFAULTS.models,
      labelValues: file.limits?.labelValues ?? DEFAULTS.labelValues,
    },
    reporters: file.reporters,
    environment: env.NODE_ENV ?? DEFAULTS.environment,
    logLevel: env.LOG_LEVEL ?? DEFAULTS.logLevel,
    host: env.PROMPTMETER_HOST ?? DEFAULTS.host,
    gateway: {
      port: env.PROMPTMETER_GATEWAY_PORT ?? DEFAULTS.gatewayPort,
      usageInStreams: file.gateway?.usageInStreams ?? DEFAULTS.usageInStreams,
      estimateUsage: file.gateway?.estimateUsage ?? DEFAULTS.estimateUsage,
      timeoutSeconds: seconds(file.gateway?.timeout ?? DEFAULTS.gatewayTimeout),
      maxBodyBytes: Math.round((file.gateway?.maxBodyMegabytes ?? DEFAULTS.maxBodyMegabytes) * BYTES_PER_MEGABYTE),
      maxConnections: file.gateway?.maxConnections ?? DEFAULTS.maxConnections,
      workers: file.gateway?.workers ?? DEFAULTS.workers,
      defaultUpstream: upstream('openai', env.OPENAI_BASE_URL ?? DEFAULTS.openaiBaseUrl, file.gateway?.apiKey),
      upstreams: Object.entries(file.gateway?.upstreams ?? {}).map(([name, { baseUrl, apiKey }]) =>
        upstream(name, baseUrl, apiKey),
      ),
      apiKey: file.gateway?.apiKey,
      keys: file.gateway?.keys?.map((key) => ({ ...key, attribution: key.attribution ?? {} })),
      tlsFiles: file.gateway?.tls,
    },
    metrics: {
      host: env.PROMPTMETER_METRICS_HOST ?? env.PROMPTMETER_HOST ?? DEFAULTS.host,
      tlsFiles: file.exporter?.tls,
      port: env.PROMPTMETER_METRICS_PORT ?? DEFAULTS.metricsPort,
      adminToken: env.PROMPTMETER_ADMIN_TOKEN,
      metricsToken: env.PROMPTMETER_METRICS_TOKEN,
    },
    prices: file.prices ?? {},
    thresholds: mergeThresholds(file.thresholds),
    budgets: (file.budgets ?? []).map(normalizeBudget),
    slos: (file.slos ?? []).map(normalizeObjective),
    capacity: normalizeCapacity(file.capacity),
    receivers: file.receivers ?? [],
    routing: normalizeRouting(file.routing),
    outcomes: file.outcomes ?? DEFAULTS.outcomes,
    links: {
      grafana: withoutSlash(file.links?.grafana ?? DEFAULTS.grafana),
      runbooks: withoutSlash(file.links?.runbooks ?? DEFAULTS.runbooks),
      traces: file.links?.traces,
    },
    prometheus: {
      scrapeInterval: file.prometheus?.scrapeInterval ?? DEFAULTS.scrapeInterval,
      evaluationInterval: file.prometheus?.evaluationInterval ?? DEFAULTS.evaluationInterval,
    },
  };
}

function upstream(name: string, baseUrl: string, apiKey: Secret | undefined): Upstream {
  return { name, baseUrl: withoutSlash(baseUrl), apiKey };
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '');
}
