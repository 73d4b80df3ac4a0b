import { BigValueColorMode, BigValueGraphMode, ReduceDataOptionsBuilder } from '@grafana/grafana-foundation-sdk/common';
import type { Threshold as Step } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/stat';
import type { Vector } from '../../promql/vector.js';
import { DATA_SOURCE, NO_TRAFFIC, rangeQueries } from './query.js';
import { absolute, NO_STEPS } from './thresholds.js';

export interface StatOptions {
  readonly title: string;
  /** What it means, and what to do when it looks bad. */
  readonly description: string;
  readonly unit: string;
  readonly decimals: number;
  readonly vector: Vector<never>;
  readonly steps?: readonly Step[];
}

/** One number, with its recent course behind it. */
export function stat({ title, description, unit, decimals, vector, steps = NO_STEPS }: StatOptions): PanelBuilder {
  return new PanelBuilder()
    .title(title)
    .description(description)
    .datasource(DATA_SOURCE)
    .targets(rangeQueries([{ vector, legend: title }]))
    .unit(unit)
    .decimals(decimals)
    .noValue(NO_TRAFFIC)
    .thresholds(absolute(steps))
    .colorMode(BigValueColorMode.Value)
    .graphMode(BigValueGraphMode.Area)
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']).values(false).fields(''));
}
