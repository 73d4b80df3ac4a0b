import type { Config } from '../../../config/Config.js';
import { METRICS } from '../../../metrics/catalogue.js';
import type { Dashboard } from '../dashboard.js';
import { noObjectives } from '../objectivePanels.js';
import { row } from '../rows.js';
import { LEVELS_UID } from '../uids.js';
import { labelVariable } from '../variables.js';
import { burns } from './burns.js';
import { history } from './history.js';
import { promise } from './promise.js';

/** Are we keeping our promise? */
export function levels(config: Config): Dashboard {
  return {
    name: 'service-levels',
    uid: LEVELS_UID,
    title: 'AI calls / Service levels',
    description:
      'Are we keeping our promise? Each objective with what was measured, the error budget that is left, how fast it burns, and its history.',
    from: 'now-24h',
    refresh: '1m',
    variables: [labelVariable(METRICS.sloObjective.name, 'slo').label('Objective')],
    rows:
      config.slos.length === 0
        ? [
            row(
              4,
              noObjectives('Objectives', 'Each objective with what was measured and the error budget that is left.'),
            ),
          ]
        : [...promise(config), ...burns(config), ...history()],
  };
}
