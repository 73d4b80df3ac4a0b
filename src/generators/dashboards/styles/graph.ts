import {
  AxisPlacement,
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
import { Dollars, OpsPerSecond, PercentUnit, RequestsPerSecond } from '@grafana/grafana-foundation-sdk/units';
import { DATA_SOURCE, NO_TRAFFIC, rangeQueries, type Query } from './query.js';
import { absolute, isFalling, lineSteps, NO_STEPS } from './thresholds.js';

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
  /** The least and the greatest value of the axis: from 0 unless told otherwise; null lets it go below where the data does. */
  readonly min?: number | null;
  readonly max?: number;
  /** What to say when there is nothing to show. */
  readonly noValue?: string;
  /** Colours of lines that mean the same everywhere, by their name. */
  readonly colours?: Readonly<Record<string, string>>;
  /** Where the names stand: below where the panel is narrow. */
  readonly legend?: 'right' | 'bottom';
  /** Names of lines of another unit, which get an axis of their own on the right. */
  readonly onTheRight?: Readonly<Record<string, { readonly unit: string; readonly decimals: number }>>;
}

/** What is 0 all the time still gets an axis that one can read. */
const LEAST_AXIS: Readonly<Record<string, number>> = {
  [PercentUnit]: 0.01,
  [RequestsPerSecond]: 0.01,
  [OpsPerSecond]: 0.01,
  [Dollars]: 0.01,
};

/** Lines over time from 0 upward, with a legend that shows the newest and the worst value, the worst line first. */
export function graph(options: GraphOptions): PanelBuilder {
  const { title, description, unit, decimals, queries, steps = NO_STEPS, stacked = false, bars = false } = options;
  const { min = 0, max, noValue = NO_TRAFFIC, colours = {}, legend = 'right', onTheRight = {} } = options;
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
    .fillOpacity(stacked || bars ? 40 : 0)
    .showPoints(VisibilityMode.Never)
    .thresholds(absolute(lineSteps(steps)))
    .thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(lineMode(steps)))
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending))
    .legend(
      new VizLegendOptionsBuilder()
        .displayMode(LegendDisplayMode.Table)
        .placement(legend === 'right' ? LegendPlacement.Right : LegendPlacement.Bottom)
        .showLegend(true)
        .calcs(['lastNotNull', isFalling(steps) ? 'min' : 'max'])
        // As Grafana calls lastNotNull.
        .sortBy('Last *')
        .sortDesc(!isFalling(steps)),
    );
  if (min === null) panel.axisSoftMin(0);
  else panel.min(min);
  if (max !== undefined) panel.max(max);
  else panel.axisSoftMax(leastAxis(unit, steps));
  for (const [name, fixedColor] of Object.entries(colours)) {
    panel.overrideByName(name, [{ id: 'color', value: { mode: FieldColorModeId.Fixed, fixedColor } }]);
  }
  for (const [name, { unit: own, decimals: digits }] of Object.entries(onTheRight)) {
    panel.overrideByName(name, [
      { id: 'unit', value: own },
      { id: 'decimals', value: digits },
      { id: 'custom.axisPlacement', value: AxisPlacement.Right },
      { id: 'custom.axisSoftMax', value: 0 },
    ]);
  }
  return stacked ? panel.stacking(new StackingConfigBuilder().mode(StackingMode.Normal).group('A')) : panel;
}

/** The axis reaches the first line that must not be crossed, so that one sees how far it is. */
function leastAxis(unit: string, steps: readonly Step[]): number {
  const first = steps.find(({ value }) => value !== null);
  return Math.max(LEAST_AXIS[unit] ?? 0, first?.value ?? 0);
}

function lineMode(steps: readonly Step[]): GraphThresholdsStyleMode {
  return steps.length > 1 ? GraphThresholdsStyleMode.Dashed : GraphThresholdsStyleMode.Off;
}
