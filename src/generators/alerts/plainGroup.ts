import type { Config } from '../../config/Config.js';
import type { RecordingRule } from '../promql/recordingRule.js';
import type { AlertGroup } from './AlertGroup.js';
import { plainRule, plainTests, type PlainAlert } from './plainAlert.js';

interface PlainGroup {
  /** File name without its ending. */
  readonly name: string;
  readonly alerts: readonly PlainAlert[];
  readonly records?: readonly RecordingRule[];
  /** Seconds between evaluations, where they are not Prometheus' own. */
  readonly interval?: number;
}

export function plainGroup(config: Config, { name, alerts, records = [], interval }: PlainGroup): AlertGroup {
  return {
    name,
    ...(interval !== undefined && { interval }),
    records,
    alerts: alerts.map((plain) => plainRule(config, plain)),
    tests: alerts.flatMap((plain) => plainTests(config, plain)),
  };
}
