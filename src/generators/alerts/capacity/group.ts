import type { Config } from '../../../config/Config.js';
import type { AlertGroup } from '../AlertGroup.js';
import { plainGroup } from '../plainGroup.js';
import { presentAlerts, trendAlerts } from './alerts.js';
import { PRESENT, TREND } from './records.js';

/** A trend of days has time; a little less than the five minutes for which Prometheus remembers a recorded value. */
const EVALUATION_SECONDS = 240;

/** Calls and tokens against what the API allows, now and by their trend. */
export function capacityGroups(config: Config): readonly AlertGroup[] {
  return [
    plainGroup(config, { name: 'capacity', alerts: presentAlerts(config.capacity), records: PRESENT }),
    plainGroup(config, {
      name: 'capacity-trend',
      alerts: trendAlerts(config.capacity),
      records: TREND,
      interval: EVALUATION_SECONDS,
    }),
  ];
}
