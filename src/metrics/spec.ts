export type MetricType = 'counter' | 'gauge' | 'histogram';

/** One row of the catalogue. */
export interface MetricSpec {
  readonly name: string;
  readonly type: MetricType;
  readonly help: string;
  readonly labels: readonly string[];
  /** True when the attribution labels of promptmeter.yaml are added. */
  readonly attribution?: true;
  /** Upper bounds of a histogram's buckets, in the metric's unit. */
  readonly buckets?: readonly number[];
}
