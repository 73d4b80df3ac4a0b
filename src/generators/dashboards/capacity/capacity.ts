import type { Config } from '../../../config/Config.js';
import type { Dashboard } from '../dashboard.js';
import { CAPACITY_UID } from '../uids.js';
import { forecast } from './forecast.js';
import { load } from './load.js';
import { now } from './now.js';
import { outcomeRows } from './outcomes.js';

/** Who feels it, and how long does it last? */
export function capacity(config: Config): Dashboard {
  return {
    name: 'capacity',
    uid: CAPACITY_UID,
    title: 'AI calls / User impact and capacity',
    description:
      'Who feels it, and how long do the limits last? What users did with answers by how long they waited, the load against the limits of the API, and when a limit is met.',
    from: 'now-6h',
    refresh: '1m',
    rows: [now(config), ...outcomeRows(config), ...load(), forecast()],
  };
}
