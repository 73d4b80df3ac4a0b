import {
  HeatmapCellLayout,
  ScaleDistribution,
  ScaleDistributionConfigBuilder,
  TooltipDisplayMode,
} from '@grafana/grafana-foundation-sdk/common';
import {
  CellValuesBuilder,
  FilterValueRangeBuilder,
  HeatmapColorMode,
  HeatmapColorOptionsBuilder,
  HeatmapColorScale,
  HeatmapTooltipBuilder,
  PanelBuilder,
  RowsHeatmapOptionsBuilder,
  YAxisConfigBuilder,
} from '@grafana/grafana-foundation-sdk/heatmap';
import { RequestsPerSecond } from '@grafana/grafana-foundation-sdk/units';
import type { Vector } from '../../promql/vector.js';
import { bucketQuery, DATA_SOURCE, NO_TRAFFIC } from './query.js';

export interface HeatmapOptions {
  readonly title: string;
  /** What it means, and what to do when it looks bad. */
  readonly description: string;
  /** Unit of the histogram. */
  readonly unit: string;
  /** Observations a second by bucket. */
  readonly buckets: Vector<'le'>;
}

/** How many calls fell between two bounds, over time, as colour: the shape that no percentile shows. */
export function heatmap({ title, description, unit, buckets }: HeatmapOptions): PanelBuilder {
  return new PanelBuilder()
    .title(title)
    .description(description)
    .datasource(DATA_SOURCE)
    .targets([bucketQuery(buckets)])
    .unit(unit)
    .noValue(NO_TRAFFIC)
    .calculate(false)
    .color(
      new HeatmapColorOptionsBuilder()
        .mode(HeatmapColorMode.Scheme)
        .scheme('Turbo')
        .fill('dark-orange')
        .scale(HeatmapColorScale.Exponential)
        .exponent(0.5)
        .steps(64)
        .reverse(false),
    )
    .filterValues(new FilterValueRangeBuilder().le(1e-9))
    .rowsFrame(new RowsHeatmapOptionsBuilder().layout(HeatmapCellLayout.Auto))
    .cellGap(1)
    .cellValues(new CellValuesBuilder().unit(RequestsPerSecond).decimals(2))
    .yAxis(new YAxisConfigBuilder().unit(unit).decimals(0))
    .scaleDistribution(new ScaleDistributionConfigBuilder().type(ScaleDistribution.Linear))
    .tooltip(new HeatmapTooltipBuilder().mode(TooltipDisplayMode.Single).yHistogram(true))
    .exemplarsColor('rgba(255,0,255,0.7)')
    .showLegend();
}
