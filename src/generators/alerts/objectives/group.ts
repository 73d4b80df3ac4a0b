import type { Config, Slo } from '../../../config/Config.js';
import type { AlertGroup } from '../AlertGroup.js';
import { alertsOf } from './alerts.js';
import { budgetTest, KEPT_GROUP, keptGroup } from './kept.js';
import { EVALUATION_SECONDS, recordsOf } from './records.js';
import { testsOf } from './tests.js';

/**
 * One file for each objective of promptmeter.yaml: what is recorded of it, and an alert for a page and one for a
 * ticket. Objectives may count the same calls, so together in one file their tests would see each other's alerts.
 */
export function objectiveGroups(config: Config): readonly AlertGroup[] {
  if (config.slos.length === 0) return [];
  return [keptGroup(config.slos), ...config.slos.map((slo) => objectiveGroup(config, slo))];
}

function objectiveGroup(config: Config, slo: Slo): AlertGroup {
  return {
    name: `slo-${slo.name.replaceAll('_', '-')}`,
    interval: EVALUATION_SECONDS,
    records: recordsOf(slo),
    needs: [KEPT_GROUP],
    alerts: alertsOf(config, slo),
    tests: [...testsOf(config, slo), budgetTest(slo)],
  };
}
