import {
  BigValueColorMode,
  BigValueGraphMode,
  BigValueTextMode,
  ReduceDataOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import type { Threshold as Step, ValueMapping } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/stat';
import type { Vector } from '../../promql/vector.js';
import { fieldLink, type DataLink } from '../links.js';
import { DATA_SOURCE, newestQueries, NO_TRAFFIC, rangeQueries, type Query } from './query.js';
import { absolute, NO_STEPS } from './thresholds.js';

export interface StatOptions {
  readonly title: string;
  /** What it means, and what to do when it looks bad. */
  readonly description: string;
  readonly unit: string;
  readonly decimals: number;
  readonly vector: Vector<never>;
  readonly steps?: readonly Step[];
  readonly mappings?: readonly ValueMapping[];
  readonly noValue?: string;
  readonly link?: DataLink;
  /** A time of its own up to now, such as `now/M`: this month so far. */
  readonly timeFrom?: string;
}

export interface TilesOptions extends Omit<StatOptions, 'vector'> {
  readonly queries: readonly Query[];
}

/** One number, with its recent course behind it. */
export function stat({ vector, ...options }: StatOptions): PanelBuilder {
  return shared(options)
    .targets(rangeQueries([{ vector, legend: options.title }]))
    .graphMode(BigValueGraphMode.Area);
}

/** One number, the newest: for what is counted over the whole time that is shown. */
export function total({ vector, ...options }: StatOptions): PanelBuilder {
  return shared(options)
    .targets(newestQueries([{ vector, legend: options.title }]))
    .graphMode(BigValueGraphMode.None);
}

/** One number for each series, with its name above it. */
export function tiles({ queries, ...options }: TilesOptions): PanelBuilder {
  return shared(options)
    .targets(newestQueries(queries))
    .graphMode(BigValueGraphMode.None)
    .textMode(BigValueTextMode.ValueAndName);
}

function shared(options: Omit<StatOptions, 'vector'>): PanelBuilder {
  const { title, description, unit, decimals, steps = NO_STEPS, mappings = [], noValue = NO_TRAFFIC, link } = options;
  const panel = new PanelBuilder()
    .title(title)
    .description(description)
    .datasource(DATA_SOURCE)
    .unit(unit)
    .decimals(decimals)
    .noValue(noValue)
    .thresholds(absolute(steps))
    .colorMode(BigValueColorMode.Value)
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']).values(false).fields(''));
  if (mappings.length > 0) panel.mappings([...mappings]);
  if (options.timeFrom !== undefined) panel.timeFrom(options.timeFrom);
  return link === undefined ? panel : panel.dataLinks([fieldLink(link)]);
}
