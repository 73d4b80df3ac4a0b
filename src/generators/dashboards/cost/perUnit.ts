import { quotient } from '../../promql/functions.js';
import { divide, times, type Vector } from '../../promql/vector.js';
import type { Queries } from '../queries.js';

const SECONDS_PER_HOUR = 3600;
const THOUSAND = 1000;

type By = 'provider' | 'model';

/** US dollars per call that ended. */
export function perCall<B extends By = never>(q: Queries, by: readonly B[] = []): Vector<B> {
  return quotient(divide(q.usdPerHour(by), SECONDS_PER_HOUR), q.requests(by));
}

/** US dollars per thousand tokens, prompt and completion together. */
export function perThousandTokens<B extends By = never>(q: Queries, by: readonly B[] = []): Vector<B> {
  return times(quotient(divide(q.usdPerHour(by), SECONDS_PER_HOUR), q.tokens(by)), THOUSAND);
}
