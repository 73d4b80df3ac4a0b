import type { Config, Slo } from '../../../config/Config.js';
import type { AlertGroup } from '../AlertGroup.js';
import { alertsOf } from './alerts.js';
import { periodGroup } from './period.js';
import { EVALUATION_SECONDS, recordsOf } from './records.js';
import { testsOf } from './tests.js';

/**
 * One file for each objective of promptmeter.yaml: what is recorded of it, and an alert for a page and one for a
 * ticket. Objectives may count the same calls, so together in one file their tests would see each other's alerts.
 */
export function objectiveGroups(config: Config): readonly AlertGroup[] {
  return config.slos.flatMap((slo) => [burnGroup(config, slo), periodGroup(slo, nameOf(slo))]);
}

function burnGroup(config: Config, slo: Slo): AlertGroup {
  return {
    name: nameOf(slo),
    interval: EVALUATION_SECONDS,
    records: recordsOf(slo),
    alerts: alertsOf(config, slo),
    tests: testsOf(config, slo),
  };
}

/** File name without its ending. */
function nameOf({ name }: Slo): string {
  return `slo-${name.replaceAll('_', '-')}`;
}
