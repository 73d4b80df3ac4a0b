import type { Config } from '../../../config/Config.js';
import { shownThreshold, type ShownThreshold } from './thresholds.js';

const MS_PER_SECOND = 1000;

/** The thresholds of promptmeter.yaml in the units of panels: milliseconds, ratios, US dollars an hour. */
export interface ShownThresholds {
  readonly latency: ShownThreshold;
  readonly firstToken: ShownThreshold;
  readonly errors: ShownThreshold;
  readonly cost: ShownThreshold;
}

export function shownThresholds(config: Config): ShownThresholds {
  return {
    latency: shownThreshold(config, 'latencyP95', MS_PER_SECOND),
    firstToken: shownThreshold(config, 'firstTokenP95', MS_PER_SECOND),
    errors: shownThreshold(config, 'errorRatio'),
    cost: shownThreshold(config, 'costPerHour'),
  };
}
