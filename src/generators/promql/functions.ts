import type { KeyOfType, Selector } from './select.js';
import type { Vector } from './vector.js';

/** What a histogram's observations come to, a second. */
export function sumRates<K extends KeyOfType<'histogram'>>(
  { name, matchers, labels }: Selector<K>,
  window: string,
): Vector<Selector<K>['labels'][number]> {
  return { text: `rate(${name}_sum${matchers}[${window}])`, labels };
}

/** dividend / divisor, left out where the divisor is 0, so never NaN and never infinite. */
export function quotient<L extends string>(dividend: Vector<L>, divisor: Vector<NoInfer<L>>): Vector<L> {
  return { text: `${grouped(dividend)} / (${divisor.text} > 0)`, labels: dividend.labels };
}

/** What is left of the first when the second is taken off. */
export function minus<L extends string>(whole: Vector<L>, part: Vector<NoInfer<L>>): Vector<L> {
  return { text: `${grouped(whole)} - ${grouped(part)}`, labels: whole.labels };
}

/** The greatest value over all other labels, and so over all replicas: for what each of them tells of the same thing. */
export function greatest<L extends string, B extends L = never>(vector: Vector<L>, by: readonly B[] = []): Vector<B> {
  return aggregated('max', vector, by);
}

/** The least value over all other labels. */
export function least<L extends string, B extends L = never>(vector: Vector<L>, by: readonly B[] = []): Vector<B> {
  return aggregated('min', vector, by);
}

/** How many series there are for each combination of `by`. */
export function count<L extends string, B extends L = never>(vector: Vector<L>, by: readonly B[] = []): Vector<B> {
  return aggregated('count', vector, by);
}

/** The series of the first that have a partner among the second with the same values of `on`. */
export function where<L extends string>(vector: Vector<L>, on: readonly string[], partners: Vector<string>): Vector<L> {
  return { text: `${vector.text}\nand on (${on.join(', ')})\n${partners.text}`, labels: vector.labels };
}

/** The vector, and the series of the other for which it has none with the same values of `on`. */
export function orElse<L extends string>(
  vector: Vector<L>,
  on: readonly NoInfer<L>[],
  other: Vector<NoInfer<L>>,
): Vector<L> {
  return { text: `${vector.text}\nor on (${on.join(', ')})\n${other.text}`, labels: vector.labels };
}

/** The vector, or this number where it has no series at all: only for what is truly that number when nothing is counted. */
export function orNumber({ text, labels }: Vector<never>, number: number): Vector<never> {
  return { text: `${text} or vector(${number})`, labels };
}

/** The vector with one more label, of this value. */
export function labelled<L extends string, N extends string>(vector: Vector<L>, label: N, name: string): Vector<L | N> {
  return { text: `label_replace(${vector.text}, "${label}", "${name}", "", "")`, labels: [...vector.labels, label] };
}

/** Both, one after the other; they must not share a series. */
export function both<L extends string>(first: Vector<L>, second: Vector<NoInfer<L>>): Vector<L> {
  return { text: `${first.text}\nor\n${second.text}`, labels: first.labels };
}

function grouped({ text }: Vector<string>): string {
  return `(${text})`;
}

function aggregated<L extends string, B extends L>(operator: string, { text }: Vector<L>, by: readonly B[]): Vector<B> {
  return { text: by.length === 0 ? `${operator}(${text})` : `${operator} by (${by.join(', ')}) (${text})`, labels: by };
}
