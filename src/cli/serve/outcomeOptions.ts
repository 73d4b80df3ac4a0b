import type { Config, Threshold } from '../../config/Config.js';
import type { OutcomeOptions } from '../../monitor/outcomes/OutcomeJoin.js';
import type { WaitBounds } from '../../monitor/outcomes/WaitBands.js';

/** Outcomes and bands as promptmeter.yaml has them: the bands of waiting lie where its thresholds do. */
export function outcomeOptions({ outcomes, thresholds }: Config): OutcomeOptions {
  const models = Object.entries(thresholds.models).map(([model, set]) => [model, boundsOf(set)] as const);
  return { names: outcomes, bounds: boundsOf(thresholds.defaults), modelBounds: Object.fromEntries(models) };
}

function boundsOf(set: Readonly<Record<'latencyP95' | 'firstTokenP95', Threshold>>): WaitBounds {
  return { latency: secondsOf(set.latencyP95), firstToken: secondsOf(set.firstTokenP95) };
}

function secondsOf({ warning, critical }: Threshold): readonly number[] {
  const bounds = [warning, critical].filter((bound) => bound !== null);
  return [...new Set(bounds)].sort((a, b) => a - b);
}
