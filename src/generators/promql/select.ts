import { METRICS, type LabelOf, type MetricKey } from '../../metrics/catalogue.js';
import type { MetricSpec, MetricType } from '../../metrics/spec.js';
import { matcherText, type Match } from './match.js';

/** Rows of the catalogue of one type, as a union of keys. */
export type KeyOfType<T extends MetricType> = {
  [K in MetricKey]: (typeof METRICS)[K]['type'] extends T ? K : never;
}[MetricKey];

/** Matchers on labels that the row has; any other label does not compile. */
export type MatchersOf<K extends MetricKey> = Readonly<Partial<Record<LabelOf<K>, Match>>>;

/** Some series of one metric of the catalogue. */
export interface Selector<K extends MetricKey> {
  readonly name: string;
  /** The matchers, braces included. */
  readonly matchers: string;
  readonly labels: readonly LabelOf<K>[];
}

/** Matchers that every query of a dashboard gets, by what the metric's row has. */
export type Filters = (spec: MetricSpec) => Readonly<Record<string, Match>>;

/** The series of a metric that match. Filters come first, so that queries of one dashboard begin alike. */
export function select<K extends MetricKey>(key: K, matchers?: MatchersOf<K>, filters?: Filters): Selector<K> {
  const spec = METRICS[key];
  return {
    name: spec.name,
    matchers: matcherText({ ...filters?.(spec), ...matchers }),
    labels: spec.labels,
  };
}
