import { UNMATCHED_REASONS } from '../../call/userOutcome.js';
import type { Catalogue } from './Catalogue.js';
import type { normalize } from './options.js';

type Statics = Pick<ReturnType<typeof normalize>, 'budgets' | 'slos' | 'version'>;

/** Why a reporter can fail, as the monitor counts it. */
const REPORTER_ERROR_REASONS = ['threw', 'rejected', 'slow'] as const;

/** Sets what doesn't change while the process runs, and begins at 0 what has a closed set of labels. */
export function setStatics(catalogue: Catalogue, { budgets, slos, version }: Statics): void {
  for (const { name, usd, period } of budgets) catalogue.gauge('budget', { budget: name, period }).set(usd);
  for (const { name, objective } of slos) catalogue.gauge('sloObjective', { slo: name }).set(objective);
  if (version !== undefined) {
    catalogue.gauge('buildInfo', { version, node_version: process.version }).set(1);
    catalogue.gauge('processStart', { version }).set(Math.round(performance.timeOrigin) / 1000);
  }
  for (const reason of REPORTER_ERROR_REASONS) catalogue.counter('reporterErrors', { reason });
  for (const reason of UNMATCHED_REASONS) catalogue.counter('outcomesUnmatched', { reason });
}
