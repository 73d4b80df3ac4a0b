import { matcherText, type Match } from './match.js';
import type { Vector } from './vector.js';

/** A rule that stores a vector under a name of the form level:metric:operations. */
export interface RecordingRule<L extends string = string> {
  readonly record: string;
  readonly expr: string;
  readonly labels: readonly L[];
}

/**
 * Stores a vector. The level is the vector's own labels; `_total` is dropped from the metric, as Prometheus advises.
 * https://prometheus.io/docs/practices/rules/
 */
export function record<L extends string>(metric: string, operations: string, vector: Vector<L>): RecordingRule<L> {
  const level = vector.labels.join('_');
  return {
    record: `${level}:${metric.replace(/_total$/, '')}:${operations}`,
    expr: vector.text,
    labels: vector.labels,
  };
}

/** What a recording rule has stored. */
export function recorded<L extends string>(
  { record: name, labels }: RecordingRule<L>,
  matchers?: Readonly<Partial<Record<NoInfer<L>, Match>>>,
): Vector<L> {
  return { text: `${name}${matcherText({ ...matchers })}`, labels };
}
