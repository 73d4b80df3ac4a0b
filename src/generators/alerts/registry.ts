import type { Config } from '../../config/Config.js';
import type { AlertGroup } from './AlertGroup.js';
import { budgetGroups } from './budgets/group.js';
import { capacityGroups } from './capacity/group.js';
import { chainGroups } from './chain/group.js';
import { inputGroups } from './counted/group.js';
import { objectiveGroups } from './objectives/group.js';
import { shareRecords } from './shareRecords.js';
import { SIGNALS } from './signals/registry.js';
import { targetsGroup } from './targets.js';
import { thresholdGroup } from './thresholdGroup.js';

/** Every alert group: one file of rules and one file of tests each. */
export function alertGroups(config: Config): readonly AlertGroup[] {
  const groups = [
    ...SIGNALS.map((signal) => thresholdGroup(config, signal)),
    ...objectiveGroups(config),
    ...budgetGroups(config),
    ...capacityGroups(config),
    ...chainGroups(config),
    targetsGroup(config),
  ];
  return shareRecords([...inputGroups(groups), ...groups]);
}
