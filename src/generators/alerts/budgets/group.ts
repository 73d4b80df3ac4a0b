import type { Config } from '../../../config/Config.js';
import type { AlertGroup } from '../AlertGroup.js';
import { alertsOf } from './alerts.js';
import { EVALUATION_SECONDS, recordsOf } from './records.js';
import { testsOf } from './tests.js';

/** One file for each budget of promptmeter.yaml: what is spent of it, and alerts on its shares and its forecast. */
export function budgetGroups(config: Config): readonly AlertGroup[] {
  return config.budgets.map((budget) => ({
    name: `budget-${budget.name.replaceAll('_', '-')}-${budget.period}`,
    interval: EVALUATION_SECONDS,
    records: recordsOf(budget),
    alerts: alertsOf(config, budget),
    tests: testsOf(config, budget),
  }));
}
