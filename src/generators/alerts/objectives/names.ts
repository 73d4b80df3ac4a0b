/** Names of what is recorded of every objective; the label `slo` has the objective's name. */
export const SLO_RECORDS = {
  /** Good and bad events a second. */
  events: 'slo:ai_slo_events:rate5m',
  badEvents: 'slo:ai_slo_bad_events:rate5m',
  /** The same, less often, for sums over the whole period. */
  keptEvents: 'slo:ai_slo_kept_events:rate5m',
  keptBadEvents: 'slo:ai_slo_kept_bad_events:rate5m',
  /** The objective as promptmeter.yaml has it, and its period. */
  objective: 'slo:ai_slo_objective:ratio',
  periodDays: 'slo:ai_slo_period:days',
  /** How many times faster than allowed the budget burns; 1 uses it up exactly by the end of the period. */
  burnRate: 'slo:ai_slo_burn:ratio_rate1h',
  /** Share of the period's budget that is left: 1 is all, below 0 the objective is missed. */
  budgetLeft: 'slo:ai_slo_budget_left:ratio',
} as const;

export type BadRatioWindow = '5m' | '30m' | '1h' | '2h' | '6h' | '1d' | '3d';

/** Share of bad events by window, the objective's own period (such as 30d) included. */
export function badRatioRecord(window: string): string {
  return `slo:ai_slo_bad_per_events:ratio_rate${window}`;
}

/** Number of events by window: the long windows of the alerts and the objective's own period. */
export function eventsRecord(window: string): string {
  return `slo:ai_slo_events:increase${window}`;
}
