import type { StyledField, StyledFrame } from '../../field/styleFields.js';
import { numberOf, objectOf, textOf } from '../../json.js';

/** One line, area or set of bars, with how Grafana's field config wants it drawn. */
export interface ChartSeries {
  readonly field: StyledField;
  /** Times in milliseconds, one a value. */
  readonly times: readonly number[];
  readonly draw: 'line' | 'bars' | 'points';
  readonly interpolation: string;
  readonly lineWidth: number;
  /** From 0 to 1. */
  readonly fill: number;
  readonly gradient: boolean;
  readonly dash: readonly number[];
  readonly pointSize: number;
  readonly points: string;
  readonly spanGaps: boolean;
  readonly stacking: 'none' | 'normal' | 'percent';
  readonly stackGroup: string;
  readonly axis: 'left' | 'right' | 'hidden' | 'auto';
  readonly axisLabel: string;
  readonly softMin: number | undefined;
  readonly softMax: number | undefined;
  /** The base of a logarithmic axis. */
  readonly log: 2 | 10 | undefined;
  readonly thresholds: string;
}

export function chartSeries(frames: readonly StyledFrame[]): readonly ChartSeries[] {
  return frames.flatMap(({ fields }) => {
    const times = (fields.find(({ type }) => type === 'time')?.values ?? []).filter((at) => typeof at === 'number');
    return fields.filter(({ type }) => type === 'number').map((field) => readSeries(field, times));
  });
}

function readSeries(field: StyledField, times: readonly number[]): ChartSeries {
  const { custom } = field.options;
  const stacking = objectOf(custom['stacking']);
  const scale = objectOf(custom['scaleDistribution']);
  const draw = textOf(custom['drawStyle'], 'line');
  return {
    field,
    times,
    draw: draw === 'bars' || draw === 'points' ? draw : 'line',
    interpolation: textOf(custom['lineInterpolation'], 'linear'),
    lineWidth: numberOf(custom['lineWidth']) ?? 1,
    fill: (numberOf(custom['fillOpacity']) ?? 0) / 100,
    gradient: textOf(custom['gradientMode'], 'none') !== 'none',
    dash: dashOf(objectOf(custom['lineStyle'])),
    pointSize: numberOf(custom['pointSize']) ?? 5,
    points: textOf(custom['showPoints'], 'auto'),
    spanGaps: custom['spanNulls'] === true || (numberOf(custom['spanNulls']) ?? 0) > 0,
    stacking: stackingOf(stacking['mode']),
    stackGroup: textOf(stacking['group'], 'A'),
    axis: placementOf(custom['axisPlacement']),
    axisLabel: textOf(custom['axisLabel']),
    softMin: numberOf(custom['axisSoftMin']),
    softMax: numberOf(custom['axisSoftMax']),
    log: logOf(scale),
    thresholds: textOf(objectOf(custom['thresholdsStyle'])['mode'], 'off'),
  };
}

function stackingOf(mode: unknown): ChartSeries['stacking'] {
  return mode === 'normal' || mode === 'percent' ? mode : 'none';
}

function placementOf(placement: unknown): ChartSeries['axis'] {
  return placement === 'left' || placement === 'right' || placement === 'hidden' ? placement : 'auto';
}

function logOf(scale: Readonly<Record<string, unknown>>): ChartSeries['log'] {
  if (scale['type'] !== 'log') return undefined;
  return scale['log'] === 2 ? 2 : 10;
}

function dashOf(style: Readonly<Record<string, unknown>>): readonly number[] {
  if (style['fill'] === 'dot') return [0, 10];
  if (style['fill'] !== 'dash') return [];
  const given = Array.isArray(style['dash']) ? style['dash'].filter((each) => typeof each === 'number') : [];
  return given.length === 0 ? [10, 10] : given;
}
