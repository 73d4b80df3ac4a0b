import { matcherText, type Match } from './match.js';
import type { Vector } from './vector.js';

/** A rule that stores a vector under a name of the form level:metric:operations. */
export interface RecordingRule<L extends string = string> {
  readonly record: string;
  readonly expr: string;
  readonly labels: readonly L[];
  /** Labels that the rule itself adds; they are part of `labels`. */
  readonly fixed?: Readonly<Record<string, string>>;
  /** For what several groups use, which is recorded once for all of them: at every evaluation, or once a minute. */
  readonly shared?: 'often' | 'seldom';
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

/** Stores a vector with labels added, which come first in the level. */
export function recordAs<F extends string, L extends string = never>(
  fixed: Readonly<Record<F, string>>,
  metric: string,
  operations: string,
  vector: Vector<L>,
): RecordingRule<F | L> {
  const labels = [...keysOf(fixed), ...vector.labels];
  const { record: name } = record(metric, operations, { ...vector, labels });
  return { record: name, expr: vector.text, labels, fixed };
}

function keysOf<K extends string>(fixed: Readonly<Record<K, string>>): K[] {
  const keys: K[] = [];
  for (const key in fixed) keys.push(key);
  return keys;
}
