import {
  GraphDrawStyle,
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  LegendDisplayMode,
  LegendPlacement,
  SortOrder,
  StackingConfigBuilder,
  StackingMode,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import { FieldColorBuilder, FieldColorModeId, type Threshold as Step } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import { PercentUnit } from '@grafana/grafana-foundation-sdk/units';
import { DATA_SOURCE, NO_TRAFFIC, rangeQueries, type Query } from './query.js';
import { absolute, NO_STEPS } from './thresholds.js';

export interface GraphOptions {
  readonly title: string;
  /** What it means, and what to do when it looks bad. */
  readonly description: string;
  readonly unit: string;
  readonly decimals: number;
  readonly queries: readonly Query[];
  /** Drawn as dashed lines. */
  readonly steps?: readonly Step[];
  /** For parts of a whole. */
  readonly stacked?: boolean;
  /** For what happens now and then: a line through a single value would not show. */
  readonly bars?: boolean;
  /** The least and the greatest value of the axis: from 0 unless told otherwise; null fits it to the data. */
  readonly min?: number | null;
  readonly max?: number;
  /** What to say when there is nothing to show. */
  readonly noValue?: string;
  /** Colours of lines that mean the same everywhere, by their name. */
  readonly colours?: Readonly<Record<string, string>>;
}

/** A ratio that is 0 all the time still gets an axis that one can read. */
const LEAST_AXIS = 0.01;

/** Lines over time from 0 upward, with a legend that shows the newest and the greatest value. */
export function graph(options: GraphOptions): PanelBuilder {
  const { title, description, unit, decimals, queries, steps = NO_STEPS, stacked = false, bars = false } = options;
  const { min = 0, max, noValue = NO_TRAFFIC, colours = {} } = options;
  const panel = new PanelBuilder()
    .title(title)
    .description(description)
    .datasource(DATA_SOURCE)
    .targets(rangeQueries(queries))
    .unit(unit)
    .decimals(decimals)
    .noValue(noValue)
    // By name, so that a model keeps its colour from panel to panel.
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.PaletteClassicByName))
    .drawStyle(bars ? GraphDrawStyle.Bars : GraphDrawStyle.Line)
    .lineWidth(1)
    .fillOpacity(stacked ? 40 : 5)
    .showPoints(VisibilityMode.Never)
    .thresholds(absolute(steps))
    .thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(lineMode(steps)))
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending))
    .legend(
      new VizLegendOptionsBuilder()
        .displayMode(LegendDisplayMode.Table)
        .placement(LegendPlacement.Bottom)
        .showLegend(true)
        .calcs(['lastNotNull', 'max']),
    );
  if (min !== null) panel.min(min);
  if (max !== undefined) panel.max(max);
  else if (unit === PercentUnit) panel.axisSoftMax(LEAST_AXIS);
  for (const [name, fixedColor] of Object.entries(colours)) {
    panel.overrideByName(name, [{ id: 'color', value: { mode: FieldColorModeId.Fixed, fixedColor } }]);
  }
  return stacked ? panel.stacking(new StackingConfigBuilder().mode(StackingMode.Normal).group('A')) : panel;
}

function lineMode(steps: readonly Step[]): GraphThresholdsStyleMode {
  return steps.length > 1 ? GraphThresholdsStyleMode.Dashed : GraphThresholdsStyleMode.Off;
}
