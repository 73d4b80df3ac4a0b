import { RATE_LIMIT_KINDS, type RateLimit, type RateLimitKind, type RateLimits } from '../call/attempt.js';

type GetHeader = (name: string) => string | null | undefined;

interface Headers {
  readonly limit: string;
  readonly remaining: string;
  readonly reset: string;
}

const headersOf = (kind: RateLimitKind): Headers => ({
  limit: `x-ratelimit-limit-${kind}`,
  remaining: `x-ratelimit-remaining-${kind}`,
  reset: `x-ratelimit-reset-${kind}`,
});

const HEADERS: Readonly<Record<RateLimitKind, Headers>> = {
  requests: headersOf('requests'),
  tokens: headersOf('tokens'),
};

const SECONDS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400 };
/** Nearly always there is one. */
const ONE_PART = /^(\d+(?:\.\d+)?)(ms|[smhd])?$/;
const PART = /(\d+(?:\.\d+)?)(ms|[smhd])/g;
const DURATION = /^(?:\d+(?:\.\d+)?(?:ms|[smhd]))+$/;
const LONGEST_DURATION = 40;
const MOST_DIGITS = 15;
const ZERO = 0x30;

/**
 * Reads the `x-ratelimit-{limit,remaining,reset}-{requests,tokens}` headers of an answer. What they do not tell, or
 * tell in a form that is not a number of 0 or more, is absent; undefined when they tell nothing.
 */
export function readRateLimits(get: GetHeader): RateLimits | undefined {
  let limits: Partial<Record<RateLimitKind, RateLimit>> | undefined;
  for (const kind of RATE_LIMIT_KINDS) {
    const limit = readLimit(HEADERS[kind], get);
    if (limit !== undefined) (limits ??= {})[kind] = limit;
  }
  return limits;
}

function readLimit(headers: Headers, get: GetHeader): RateLimit | undefined {
  const limit = readCount(get(headers.limit));
  const remaining = readCount(get(headers.remaining));
  const resetSeconds = readSeconds(get(headers.reset));
  if (limit === undefined && remaining === undefined && resetSeconds === undefined) return undefined;
  // Put together by hand: this is on the path of every answer, and to spread nothing costs more than to look.
  const known: { -readonly [K in keyof RateLimit]: RateLimit[K] } = {};
  if (limit !== undefined) known.limit = limit;
  if (remaining !== undefined) known.remaining = remaining;
  if (resetSeconds !== undefined) known.resetSeconds = resetSeconds;
  return known;
}

/** Looks at every digit, which costs less than a pattern does where it is used once in a while. */
function readCount(value: string | null | undefined): number | undefined {
  const text = value?.trim() ?? '';
  if (text === '' || text.length > MOST_DIGITS) return undefined;
  let count = 0;
  for (let at = 0; at < text.length; at += 1) {
    const digit = text.charCodeAt(at) - ZERO;
    if (digit < 0 || digit > 9) return undefined;
    count = 10 * count + digit;
  }
  return count;
}

/** Seconds of a duration as Go writes it (`6m0s`, `20ms`, `1h2m3.5s`), or of a bare number of seconds. */
function readSeconds(value: string | null | undefined): number | undefined {
  const text = value?.trim() ?? '';
  if (text.length > LONGEST_DURATION) return undefined;
  const one = ONE_PART.exec(text);
  if (one !== null) return Number(one[1]) * (SECONDS[one[2] ?? 's'] ?? 0);
  if (!DURATION.test(text)) return undefined;
  return [...text.matchAll(PART)].reduce((sum, [, count, unit]) => sum + Number(count) * (SECONDS[unit ?? ''] ?? 0), 0);
}
