import type { Config } from '../../config/Config.js';
import type { AlertGroup } from './AlertGroup.js';
import { budgetGroups } from './budgets/group.js';
import { COST_PER_HOUR } from './cost.js';
import { ERROR_RATIO } from './errors.js';
import { FIRST_TOKEN } from './firstToken.js';
import { LATENCY } from './latency.js';
import { objectiveGroups } from './objectives/group.js';
import type { Signal } from './Signal.js';
import { targetsGroup } from './targets.js';
import { thresholdGroup } from './thresholdGroup.js';

/** What promptmeter.yaml has thresholds for. */
const SIGNALS: readonly Signal[] = [LATENCY, FIRST_TOKEN, ERROR_RATIO, COST_PER_HOUR];

/** Every alert group: one file of rules and one file of tests each. */
export function alertGroups(config: Config): readonly AlertGroup[] {
  return [
    ...SIGNALS.map((signal) => thresholdGroup(config, signal)),
    ...objectiveGroups(config),
    ...budgetGroups(config),
    targetsGroup(config),
  ];
}
