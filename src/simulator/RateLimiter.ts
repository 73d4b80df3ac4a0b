import { ApiError } from './ApiError.js';
import { retryHeaders } from './faults/refusal.js';
import type { SimulatedModel } from './models.js';

const MINUTE = 60_000;

/** A token bucket that fills itself evenly over a minute. */
class Bucket {
  #level: number;
  #at: number;

  constructor(
    readonly limit: number,
    now: number,
  ) {
    this.#level = limit;
    this.#at = now;
  }

  refill(now: number): void {
    this.#level = Math.min(this.limit, this.#level + ((now - this.#at) * this.limit) / MINUTE);
    this.#at = now;
  }

  /** Milliseconds until `amount` can be taken; 0 when it can be now. */
  waitFor(amount: number): number {
    return Math.max(0, ((Math.min(amount, this.limit) - this.#level) * MINUTE) / this.limit);
  }

  take(amount: number): void {
    this.#level = Math.max(0, this.#level - amount);
  }

  get remaining(): number {
    return Math.floor(this.#level);
  }

  get resetMs(): number {
    return ((this.limit - this.#level) * MINUTE) / this.limit;
  }
}

/** The two limits of each model, https://platform.openai.com/docs/guides/rate-limits (2026-11). */
export class RateLimiter {
  readonly #buckets = new Map<string, { readonly requests: Bucket; readonly tokens: Bucket }>();

  /** `now` gives milliseconds that never go back. */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Takes one request of so many tokens and returns the headers that say what is left. Throws an ApiError of 429. */
  take(model: SimulatedModel, tokens: number): Record<string, string> {
    const buckets = this.#bucketsOf(model);
    const wait = { requests: buckets.requests.waitFor(1), tokens: buckets.tokens.waitFor(tokens) };
    if (wait.requests > 0) throw exceeded(model, 'requests', wait.requests, this.headers(model));
    if (wait.tokens > 0) throw exceeded(model, 'tokens', wait.tokens, this.headers(model));
    buckets.requests.take(1);
    buckets.tokens.take(tokens);
    return this.headers(model);
  }

  /** What is left, without taking anything. */
  headers(model: SimulatedModel): Record<string, string> {
    const { requests, tokens } = this.#bucketsOf(model);
    return {
      'x-ratelimit-limit-requests': String(requests.limit),
      'x-ratelimit-limit-tokens': String(tokens.limit),
      'x-ratelimit-remaining-requests': String(requests.remaining),
      'x-ratelimit-remaining-tokens': String(tokens.remaining),
      'x-ratelimit-reset-requests': goDuration(requests.resetMs),
      'x-ratelimit-reset-tokens': goDuration(tokens.resetMs),
    };
  }

  #bucketsOf(model: SimulatedModel): { readonly requests: Bucket; readonly tokens: Bucket } {
    const now = this.now();
    let buckets = this.#buckets.get(model.name);
    if (buckets === undefined) {
      buckets = { requests: new Bucket(model.requestsPerMinute, now), tokens: new Bucket(model.tokensPerMinute, now) };
      this.#buckets.set(model.name, buckets);
    }
    buckets.requests.refill(now);
    buckets.tokens.refill(now);
    return buckets;
  }
}

/** As Go prints durations, which is what the headers hold: `12ms`, `1.5s`, `6m0s`. */
export function goDuration(ms: number): string {
  const whole = Math.ceil(ms);
  if (whole < 1000) return `${whole}ms`;
  const minutes = Math.floor(whole / MINUTE);
  const seconds = (whole % MINUTE) / 1000;
  return minutes === 0 ? `${seconds}s` : `${minutes}m${seconds}s`;
}

function exceeded(
  model: SimulatedModel,
  kind: 'requests' | 'tokens',
  waitMs: number,
  headers: Record<string, string>,
): ApiError {
  const limit = kind === 'requests' ? model.requestsPerMinute : model.tokensPerMinute;
  const unit = kind === 'requests' ? 'requests per min (RPM)' : 'tokens per min (TPM)';
  const message = `Rate limit reached for ${model.snapshot} in organization org-simulated on ${unit}: Limit ${limit}. Please try again in ${goDuration(waitMs)}.`;
  return new ApiError(
    429,
    { message, type: kind, param: null, code: 'rate_limit_exceeded' },
    { ...headers, ...retryHeaders(waitMs / 1000) },
  );
}
