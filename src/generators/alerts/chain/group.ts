import type { Config } from '../../../config/Config.js';
import type { AlertGroup } from '../AlertGroup.js';
import { plainGroup } from '../plainGroup.js';
import { NO_TRAFFIC, NO_TRAFFIC_RECORDS } from './noTraffic.js';
import { OWN_TROUBLE } from './promptmeter.js';
import { SERVERS } from './servers.js';

/** The chain from a call to whoever is told of it: traffic, Promptmeter itself, Prometheus and Alertmanager. */
export function chainGroups(config: Config): readonly AlertGroup[] {
  return [
    plainGroup(config, { name: 'traffic', alerts: [NO_TRAFFIC], records: NO_TRAFFIC_RECORDS, interval: 60 }),
    plainGroup(config, { name: 'promptmeter', alerts: OWN_TROUBLE }),
    plainGroup(config, { name: 'servers', alerts: SERVERS }),
  ];
}
