import { METRICS } from '../../src/metrics/catalogue.js';
import type { MetricSpec } from '../../src/metrics/spec.js';

/** A series of a busy exporter: its name with labels, and what it grows by in a second; a gauge stands near its level. */
export interface Series {
  readonly text: string;
  readonly perSecond: number;
  readonly level?: number;
}

export const MODELS = Array.from({ length: 20 }, (_, index) => ({
  provider: `provider-${index % 2}`,
  model: `model-${index}`,
}));

export const VALUES: Readonly<Record<string, readonly string[]>> = {
  status: ['success', 'error', 'aborted', 'success_stream', 'error_stream', 'aborted_stream'],
  operation: ['chat', 'responses'],
  token_type: ['prompt', 'completion', 'total'],
  detail: ['cached_prompt', 'reasoning', 'audio_prompt', 'audio_completion'],
  error_type: [
    'rate_limit',
    'server_error',
    'timeout',
    'connection',
    'invalid_request',
    'stream_interrupted',
    'aborted',
  ],
  http_status: ['200', '429', '500', '503'],
  finish_reason: ['stop', 'length', 'tool_calls', 'content_filter'],
  reason: ['aborted', 'not_sent'],
  kind: ['requests', 'tokens'],
};
const ATTRIBUTION = { app: ['web', 'search', 'support', 'batch', 'mobile'], feature: ['chat', 'summary'] };

/** Calls of one model a second. */
const CALLS = 0.5;

/** What one busy exporter tells: twenty models, two operations, ten pairs of application and feature. */
export function busyExporter(): readonly Series[] {
  const specs: readonly MetricSpec[] = Object.values(METRICS);
  return [
    ...specs.filter(({ labels }) => labels.includes('model')).flatMap(seriesOf),
    { text: `${METRICS.buildInfo.name}{version="0"}`, perSecond: 0, level: 1 },
  ];
}

function seriesOf(spec: MetricSpec): readonly Series[] {
  const own = spec.labels.filter((label) => label !== 'provider' && label !== 'model');
  if (own.some((label) => VALUES[label] === undefined)) return [];
  const dimensions = [
    ...own.map((label) => [label, VALUES[label] ?? []] as const),
    ...(spec.attribution === true ? Object.entries(ATTRIBUTION) : []),
  ];
  const combinations = dimensions.reduce<readonly Readonly<Record<string, string>>[]>(
    (sofar, [label, values]) => sofar.flatMap((labels) => values.map((value) => ({ ...labels, [label]: value }))),
    MODELS,
  );
  const share = MODELS.length / combinations.length;
  return combinations.flatMap((labels) => linesOf(spec, labels, CALLS * share * (bad(labels) ? 0.02 : 1)));
}

function bad(labels: Readonly<Record<string, string>>): boolean {
  return /error|aborted/.test(labels['status'] ?? '') || labels['error_type'] !== undefined;
}

function linesOf({ name, type, buckets }: MetricSpec, labels: Readonly<Record<string, string>>, perSecond: number) {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  const text = (suffix: string, more: readonly string[] = []) => `${name}${suffix}{${[...pairs, ...more].join(',')}}`;
  if (type === 'counter') return [{ text: text(''), perSecond }];
  if (type === 'gauge') return [{ text: text(''), perSecond: 0, level: 500 }];
  const bounds = [...(buckets ?? []).map(String), '+Inf'];
  return [
    ...bounds.map((le, index) => ({
      text: text('_bucket', [`le="${le}"`]),
      perSecond: (perSecond * (index + 1)) / bounds.length,
    })),
    { text: text('_count'), perSecond },
    { text: text('_sum'), perSecond: perSecond * 1000 },
  ];
}

/** Seconds since 1970 at which all counters are 0. */
export const EPOCH = 1_600_000_000;

/** What a series says at a moment, in seconds since 1970. */
export function valueAt({ perSecond, level }: Series, seconds: number): number {
  return level === undefined ? Math.floor((seconds - EPOCH) * perSecond) : level + (seconds % 60);
}
