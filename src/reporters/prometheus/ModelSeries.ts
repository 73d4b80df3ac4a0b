import { NO_RESPONSE } from '../../call/attempt.js';
import type { ErrorType } from '../../call/errorType.js';
import { FINISH_REASONS } from '../../call/finishReason.js';
import { TOKEN_DETAILS, USAGE_MISSING_REASONS } from '../../call/usage.js';
import type { Catalogue } from './Catalogue.js';
import { getOrAdd } from './getOrAdd.js';
import { RateLimitGauges } from './RateLimitGauges.js';
import { recordOf } from './record.js';
import type { CounterSeries } from './series.js';

/** Statuses and reasons whose first occurrence must not be lost to `increase`; others begin when they come. */
const KNOWN_STATUSES = ['200', '400', '401', '429', '500', '503', NO_RESPONSE] as const;
const KNOWN_RETRIES = ['rate_limit', 'server_error', 'overloaded', 'timeout', 'connection'] as const;

/** The series of one provider and model, all there from the start at 0 where 0 is known. */
export class ModelSeries {
  readonly unpriced: CounterSeries;
  readonly cacheSaved: CounterSeries;
  readonly usageEstimated: CounterSeries;
  readonly usageMissing;
  readonly tokenDetails;
  readonly finish;
  readonly rateLimits: RateLimitGauges;
  /** By status, which is limited; found here once a call instead of by its labels. */
  readonly #attempts = new Map<string, CounterSeries>();

  constructor(
    private readonly catalogue: Catalogue,
    private readonly provider: string,
    private readonly model: string,
  ) {
    const labels = { provider, model };
    this.rateLimits = new RateLimitGauges(catalogue, labels);
    this.unpriced = catalogue.counter('unpriced', labels);
    this.cacheSaved = catalogue.counter('cacheSaved', labels);
    this.usageEstimated = catalogue.counter('usageEstimated', labels);
    this.usageMissing = recordOf(USAGE_MISSING_REASONS, (reason) =>
      catalogue.counter('usageMissing', { ...labels, reason }),
    );
    this.tokenDetails = recordOf(TOKEN_DETAILS, (detail) => catalogue.counter('tokenDetails', { ...labels, detail }));
    this.finish = recordOf(FINISH_REASONS, (finish_reason) =>
      catalogue.counter('finish', { ...labels, finish_reason }),
    );
    for (const status of KNOWN_STATUSES) this.attempts(status);
    for (const reason of KNOWN_RETRIES) {
      this.retries(reason);
      this.retryLost(reason);
    }
  }

  attempts(http_status: string): CounterSeries {
    return getOrAdd(this.#attempts, http_status, () =>
      this.catalogue.counter('attempts', { provider: this.provider, model: this.model, http_status }),
    );
  }

  retries(reason: ErrorType): CounterSeries {
    return this.catalogue.counter('retries', { provider: this.provider, model: this.model, reason });
  }

  retryLost(reason: ErrorType): CounterSeries {
    return this.catalogue.counter('retryLost', { provider: this.provider, model: this.model, reason });
  }
}
