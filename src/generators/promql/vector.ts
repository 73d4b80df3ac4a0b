import type { KeyOfType, Selector } from './select.js';

/** An instant vector: PromQL with the labels that its series carry. */
export interface Vector<L extends string> {
  readonly text: string;
  readonly labels: readonly L[];
}

/** The current value of a gauge. */
export function value<K extends KeyOfType<'gauge'>>({
  name,
  matchers,
  labels,
}: Selector<K>): Vector<Selector<K>['labels'][number]> {
  return { text: `${name}${matchers}`, labels };
}

/** Growth of a counter a second. Taken before any sum, so that a restart of one replica is not a drop of the total. */
export function rate<K extends KeyOfType<'counter'>>(
  { name, matchers, labels }: Selector<K>,
  window: string,
): Vector<Selector<K>['labels'][number]> {
  return { text: `rate(${name}${matchers}[${window}])`, labels };
}

/** Growth of a counter over the window. */
export function increase<K extends KeyOfType<'counter'>>(
  { name, matchers, labels }: Selector<K>,
  window: string,
): Vector<Selector<K>['labels'][number]> {
  return { text: `increase(${name}${matchers}[${window}])`, labels };
}

/** How many observations a histogram took in over the window. */
export function observations<K extends KeyOfType<'histogram'>>(
  { name, matchers, labels }: Selector<K>,
  window: string,
): Vector<Selector<K>['labels'][number]> {
  return { text: `increase(${name}_count${matchers}[${window}])`, labels };
}

/** Observations a second in each of a histogram's buckets. */
export function bucketRates<K extends KeyOfType<'histogram'>>(
  { name, matchers, labels }: Selector<K>,
  window: string,
): Vector<Selector<K>['labels'][number] | 'le'> {
  return { text: `rate(${name}_bucket${matchers}[${window}])`, labels: [...labels, 'le'] };
}

/** The sum over all other labels, and so over all replicas. */
export function sum<L extends string, B extends L = never>({ text }: Vector<L>, by: readonly B[] = []): Vector<B> {
  return { text: by.length === 0 ? `sum(${text})` : `sum by (${by.join(', ')}) (${text})`, labels: by };
}

/**
 * The q-quantile of a histogram per combination of `by`, in the histogram's unit. Series without traffic are left out
 * (their quantile is NaN, which is not >= 0).
 */
export function quantile<L extends string, B extends Exclude<L, 'le'> = never>(
  q: number,
  buckets: Vector<L | 'le'>,
  by: readonly B[] = [],
): Vector<B> {
  const { text } = sum<L | 'le', B | 'le'>(buckets, ['le', ...by]);
  return { text: `(histogram_quantile(${q}, ${text}) >= 0)`, labels: by };
}

/**
 * part / whole. Left out where the whole is 0, so never NaN; 0 where the whole has series and the part has none,
 * so that "no errors" is a zero and not a gap.
 */
export function ratio<L extends string>(part: Vector<L>, whole: Vector<NoInfer<L>>): Vector<L> {
  const [some, all] = [part, whole].map(({ text }) => text.replaceAll('\n', '\n  '));
  return { text: `(\n  ${some}\n  or 0 * ${all}\n) / (\n  ${all} > 0\n)`, labels: part.labels };
}

/** The vector times a constant. */
export function times<L extends string>({ text, labels }: Vector<L>, factor: number): Vector<L> {
  return { text: `${text} * ${factor}`, labels };
}

/** Only the series that are above 0. */
export function positive<L extends string>({ text, labels }: Vector<L>): Vector<L> {
  return { text: `${text} > 0`, labels };
}

/** The vector, or one series of 0 with this label where it has no series at all. */
export function orZero<L extends string>({ text, labels }: Vector<L>, label: NoInfer<L>, name: string): Vector<L> {
  return { text: `${text} or on () label_replace(vector(0), "${label}", "${name}", "", "")`, labels };
}

/** The vector divided by a constant, for another unit. */
export function divide<L extends string>({ text, labels }: Vector<L>, divisor: number): Vector<L> {
  return { text: `${text} / ${divisor}`, labels };
}

/** Observations of a histogram a second. */
export function observationRates<K extends KeyOfType<'histogram'>>(
  { name, matchers, labels }: Selector<K>,
  window: string,
): Vector<Selector<K>['labels'][number]> {
  return { text: `rate(${name}_count${matchers}[${window}])`, labels };
}
