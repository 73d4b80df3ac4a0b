import { METRICS } from '../../../metrics/catalogue.js';
import { is } from '../../promql/match.js';
import { SUCCEEDED } from '../../promql/statuses.js';
import { bucketSource, countSource, counterSource, type Source } from './Source.js';

const OBSERVED: ReadonlySet<string> = new Set(METRICS.duration.labels);

const counted = { metric: METRICS.requests.name, own: ['status'] };
const byAttribution = counterSource('requests', counted);
const byOperation = countSource('duration', counted);

/**
 * Calls that ended, by status. Each has its duration observed when it is counted, so the histogram tells their number
 * as well, with a series where the counter has one for each combination of attribution.
 */
export const CALLS: Source = {
  ...counted,
  rates: (window, by, matchers = {}) => {
    const isObserved = [...by, ...Object.keys(matchers)].every((label) => OBSERVED.has(label));
    return (isObserved ? byOperation : byAttribution).rates(window, by, matchers);
  },
};
export const ERRORS = counterSource('errors', { metric: METRICS.errors.name, own: ['error_type'] });
export const COST = counterSource('cost', { metric: METRICS.cost.name, own: [] });
export const TOKENS = counterSource('tokens', {
  metric: METRICS.tokens.name,
  own: [],
  of: { token_type: is('total') },
});
export const ATTEMPTS = counterSource('attempts', { metric: METRICS.attempts.name, own: [] });
export const RETRIES = counterSource('retries', { metric: METRICS.retries.name, own: [] });
export const FINISHED = counterSource('finish', { metric: METRICS.finish.name, own: ['finish_reason'] });
export const UNPRICED = counterSource('unpriced', { metric: METRICS.unpriced.name, own: [] });
export const USAGE_MISSING = counterSource('usageMissing', { metric: METRICS.usageMissing.name, own: ['reason'] });

/** Calls that fail are counted by the error ratio; mixed in here, quick refusals would make an outage look fast. */
const successful = { metric: 'ai_successful_request_duration_ms', own: [], of: { status: SUCCEEDED } };
export const DURATIONS = bucketSource('duration', successful);
export const DURATIONS_COUNT = countSource('duration', successful);

const firstToken = { metric: METRICS.firstToken.name, own: [] };
export const FIRST_TOKENS = bucketSource('firstToken', firstToken);
export const FIRST_TOKENS_COUNT = countSource('firstToken', firstToken);

const perToken = { metric: METRICS.timePerOutputToken.name, own: [] };
export const TOKEN_TIMES = bucketSource('timePerOutputToken', perToken);
export const TOKEN_TIMES_COUNT = countSource('timePerOutputToken', perToken);
