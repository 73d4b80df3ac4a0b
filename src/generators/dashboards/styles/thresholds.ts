import {
  ThresholdsConfigBuilder,
  ThresholdsMode,
  type Threshold as Step,
} from '@grafana/grafana-foundation-sdk/dashboard';
import type { Config, Threshold, ThresholdKind } from '../../../config/Config.js';
import { COLOURS } from './colours.js';

/** A threshold of promptmeter.yaml as a panel shows it. */
export interface ShownThreshold {
  readonly steps: readonly Step[];
  /** Models whose alerts have other bounds than the lines of the panel; '' when there are none. */
  readonly note: string;
}

/** The default threshold of a kind; `scale` brings promptmeter.yaml's unit to the panel's. */
export function shownThreshold({ thresholds }: Config, kind: ThresholdKind, scale = 1): ShownThreshold {
  const others = Object.entries(thresholds.models)
    .filter(([, set]) => bounds(set[kind]) !== bounds(thresholds.defaults[kind]))
    .map(([model]) => model)
    .sort();
  return {
    steps: thresholdSteps(thresholds.defaults[kind], scale),
    note: others.length === 0 ? '' : ` The lines are the default; alerts have other bounds for ${others.join(', ')}.`,
  };
}

function thresholdSteps(
  { warning, critical }: Pick<Threshold, 'warning' | 'critical'>,
  scale: number,
): readonly Step[] {
  return [
    { value: null, color: COLOURS.good },
    ...(warning === null ? [] : [{ value: warning * scale, color: COLOURS.warning }]),
    ...(critical === null ? [] : [{ value: critical * scale, color: COLOURS.critical }]),
  ];
}

/** Steps for values that have no threshold. */
export const NO_STEPS: readonly Step[] = [{ value: null, color: COLOURS.neutral }];

/** Good from `warning` up, and worse the lower it is; without `critical` anything lower is as bad as can be. */
export function fallingSteps(warning: number, critical?: number): readonly Step[] {
  return [
    { value: null, color: COLOURS.critical },
    ...(critical === undefined ? [] : [{ value: critical, color: COLOURS.warning }]),
    { value: warning, color: COLOURS.good },
  ];
}

/** Good up to `warning`, and worse the higher it is. */
export function risingSteps(warning: number, critical?: number): readonly Step[] {
  return thresholdSteps({ warning, critical: critical ?? null }, 1);
}

/** Whether lower values are the worse ones. */
export function isFalling(steps: readonly Step[]): boolean {
  return steps[0]?.color === COLOURS.critical;
}

/**
 * The steps as lines: each in the colour of its worse side. Grafana draws a line in the colour of what is above it, which
 * is the better side where values fall.
 */
export function lineSteps(steps: readonly Step[]): readonly Step[] {
  if (!isFalling(steps)) return steps;
  return steps.map((step, index) => ({ ...step, color: steps[index - 1]?.color ?? COLOURS.neutral }));
}

/** Colours from the given values upward. */
export function absolute(steps: readonly Step[]): ThresholdsConfigBuilder {
  return new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps([...steps]);
}

function bounds({ warning, critical }: Threshold): string {
  return JSON.stringify([warning, critical]);
}
