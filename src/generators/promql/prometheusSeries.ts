import { matcherText, type Match } from './match.js';
import type { Vector } from './vector.js';

/**
 * Series that Prometheus itself makes, and the labels of them that we ask for.
 * https://prometheus.io/docs/concepts/jobs_instances/#automatically-generated-labels-and-time-series
 */
export const PROMETHEUS_SERIES = {
  up: ['job', 'instance'],
  scrape_duration_seconds: ['job', 'instance'],
  scrape_samples_scraped: ['job', 'instance'],
  ALERTS: ['alertname', 'alertstate', 'severity', 'provider', 'model', 'slo', 'budget'],
} as const;

type Name = keyof typeof PROMETHEUS_SERIES;
type LabelOfSeries<N extends Name> = (typeof PROMETHEUS_SERIES)[N][number];

/** The current value of one of them. */
export function ofPrometheus<N extends Name>(
  name: N,
  matchers?: Readonly<Partial<Record<LabelOfSeries<N>, Match>>>,
): Vector<LabelOfSeries<N>> {
  return { text: `${name}${matcherText({ ...matchers })}`, labels: PROMETHEUS_SERIES[name] };
}
