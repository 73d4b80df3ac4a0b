import type { HistogramSeries, Labels } from './series.js';

/** One line of the text format, with the labels that it alone has and those that it shares with its series. */
export interface Sample {
  readonly value: number;
  readonly labels: Record<string, string | number>;
  readonly sharedLabels: Labels;
  readonly metricName?: string;
}

/** The lines of one histogram: its buckets, cumulated, then sum and count. */
export function samplesOf(name: string, { bounds, counts, count, sum, labels }: HistogramSeries): Sample[] {
  let below = 0;
  const buckets = bounds.map((bound, at): Sample => {
    below += counts[at] ?? 0;
    return { metricName: `${name}_bucket`, labels: { le: bound }, value: below, sharedLabels: labels };
  });
  return [
    ...buckets,
    { metricName: `${name}_bucket`, labels: { le: '+Inf' }, value: count, sharedLabels: labels },
    { metricName: `${name}_sum`, labels: {}, value: sum, sharedLabels: labels },
    { metricName: `${name}_count`, labels: {}, value: count, sharedLabels: labels },
  ];
}
