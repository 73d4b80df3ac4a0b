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

export const USD_PER_CALL = 0.002;

/** Calls of one model a second. */
export const CALLS = 0.5;

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
  return combinations.flatMap((labels) => linesOf(spec, labels, CALLS * share * ordinary(spec.name, labels)));
}

/** How many of it come with a call on a day on which nothing is wrong: alerts that fire would be measured, too. */
function ordinary(name: string, labels: Readonly<Record<string, string>>): number {
  if (name === METRICS.cost.name) return USD_PER_CALL;
  return isTrouble(`${name} ${Object.values(labels).join(' ')}`) ? 0.01 : 1;
}

/** Whether a name or a label tells of what there is little of while all is well. */
export function isTrouble(text: string): boolean {
  return /error|aborted|length|retries|unpriced|missing/.test(text);
}

function linesOf({ name, type, buckets }: MetricSpec, labels: Readonly<Record<string, string>>, perSecond: number) {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  const text = (suffix: string, more: readonly string[] = []) => `${name}${suffix}{${[...pairs, ...more].join(',')}}`;
  if (type === 'counter') return [{ text: text(''), perSecond }];
  if (type === 'gauge') return [{ text: text(''), perSecond: 0, level: name === METRICS.inFlight.name ? 0.5 : 500 }];
  const bounds = [...(buckets ?? []).map(String), '+Inf'];
  return [
    ...bounds.map((le, index) => ({
      text: text('_bucket', [`le="${le}"`]),
      perSecond: index === bounds.length - 1 ? perSecond : perSecond * (1 - 0.4 ** (index + 1)),
    })),
    { text: text('_count'), perSecond },
    { text: text('_sum'), perSecond: perSecond * 1000 },
  ];
}

/** Seconds since 1970 at which all counters are 0. */
export const EPOCH = 1_600_000_000;

/** Of a whole: dollars come in fractions. A power of two is exact. */
const PARTS = 1024;

/** What a series says at a moment, in seconds since 1970. */
export function valueAt({ perSecond, level }: Series, seconds: number): number {
  if (level !== undefined) return level * (1 + (seconds % 60) / 100);
  return Math.floor((seconds - EPOCH) * perSecond * PARTS) / PARTS;
}
