import {
  BarGaugeDisplayMode,
  BarGaugeValueMode,
  ReduceDataOptionsBuilder,
  VizOrientation,
} from '@grafana/grafana-foundation-sdk/common';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/bargauge';
import type { Threshold as Step, ValueMapping } from '@grafana/grafana-foundation-sdk/dashboard';
import { fieldLink, type DataLink } from '../links.js';
import { DATA_SOURCE, newestQueries, NO_TRAFFIC, type Query } from './query.js';
import { absolute, NO_STEPS } from './thresholds.js';

export interface BarsOptions {
  readonly title: string;
  /** What it means, and what to do when it looks bad. */
  readonly description: string;
  readonly unit: string;
  readonly decimals: number;
  readonly queries: readonly Query[];
  readonly steps?: readonly Step[];
  readonly max?: number;
  readonly mappings?: readonly ValueMapping[];
  readonly noValue?: string;
  readonly link?: DataLink;
}

/** One bar for the newest value of each series, longest first where the query sorts them. */
export function bars(options: BarsOptions): PanelBuilder {
  const { title, description, unit, decimals, queries, steps = NO_STEPS, max, mappings = [] } = options;
  const { noValue = NO_TRAFFIC, link } = options;
  const panel = new PanelBuilder()
    .title(title)
    .description(description)
    .datasource(DATA_SOURCE)
    .targets(newestQueries(queries))
    .unit(unit)
    .decimals(decimals)
    .min(0)
    .noValue(noValue)
    .thresholds(absolute(steps))
    .displayMode(BarGaugeDisplayMode.Gradient)
    .valueMode(BarGaugeValueMode.Color)
    .orientation(VizOrientation.Horizontal)
    .showUnfilled(true)
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']).values(false).fields(''));
  if (max !== undefined) panel.max(max);
  if (mappings.length > 0) panel.mappings([...mappings]);
  return link === undefined ? panel : panel.dataLinks([fieldLink(link)]);
}
