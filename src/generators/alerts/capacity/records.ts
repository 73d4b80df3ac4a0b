import { is } from '../../promql/match.js';
import type { RecordingRule } from '../../promql/recordingRule.js';
import { select } from '../../promql/select.js';
import { sum, value } from '../../promql/vector.js';
import { rateOver } from '../counted/growth.js';
import { recordsFor } from '../counted/pieces.js';
import { CALLS, TOKENS } from '../counted/sources.js';
import { LEVEL } from '../level.js';

/** Names of what is recorded of the capacity. */
export const CAPACITY_RECORDS = {
  /** Requests or tokens a minute over the limit that the API announces, by `kind`. 1 is all of it. */
  used: 'provider_model_kind:ai_capacity_used:ratio_rate5m',
  /** The highest since the evaluation before, and of the last day. */
  recent: 'provider_model_kind:ai_capacity_used:max5m',
  peak: 'provider_model_kind:ai_capacity_used:max1d',
  /** Days until the daily peak reaches the limit, by its trend of the last week; none where it does not grow. */
  daysLeft: 'provider_model_kind:ai_capacity_days_left:prediction',
  inFlight: 'provider_model:ai_requests_in_flight:sum',
} as const;

const { used, recent, peak, daysLeft, inFlight } = CAPACITY_RECORDS;
const WINDOW = '5m';
const SECONDS_PER_DAY = 86_400;

function usedOf(kind: 'requests' | 'tokens'): RecordingRule {
  const counted = rateOver([{ source: kind === 'requests' ? CALLS : TOKENS }], WINDOW, LEVEL);
  const limit = `max by (provider, model) (${value(select('rateLimit', { kind: is(kind) })).text})`;
  return {
    record: used,
    expr: `${counted.text} * 60\n/\n(${limit} > 0)`,
    labels: [...LEVEL, 'kind'],
    fixed: { kind },
  };
}

export const PRESENT: readonly RecordingRule[] = [
  ...recordsFor([{ source: CALLS }, { source: TOKENS }], WINDOW, LEVEL),
  usedOf('requests'),
  usedOf('tokens'),
  { record: inFlight, expr: sum(value(select('inFlight')), LEVEL).text, labels: LEVEL },
];

export const TREND: readonly RecordingRule[] = [
  { record: recent, expr: `max_over_time(${used}[5m])`, labels: [...LEVEL, 'kind'] },
  { record: peak, expr: `max_over_time(${recent}[1d])`, labels: [...LEVEL, 'kind'] },
  {
    // A line through a week's peaks needs no more than this, and each sample more is read at every evaluation.
    record: daysLeft,
    expr: `clamp_min(1 - ${peak}, 0) / ((deriv(${peak}[7d:3h]) > 0) * ${SECONDS_PER_DAY})`,
    labels: [...LEVEL, 'kind'],
  },
];
