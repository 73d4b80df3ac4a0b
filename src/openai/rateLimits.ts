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
const PART = /(\d+(?:\.\d+)?)(ms|[smhd])/g;
/** Nearly always there is one. */
const ONE_PART = /^(\d+(?:\.\d+)?)(ms|[smhd])$/;
const DURATION = /^(?:\d+(?:\.\d+)?(?:ms|[smhd]))+$/;

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

function readCount(value: string | null | undefined): number | undefined {
  if (value === null || value === undefined || !/^\d{1,15}$/.test(value.trim())) return undefined;
  return Number(value);
}

/** Seconds of a duration as Go writes it (`6m0s`, `20ms`, `1h2m3.5s`), or of a bare number of seconds. */
function readSeconds(value: string | null | undefined): number | undefined {
  const text = value?.trim() ?? '';
  if (text.length > 40) return undefined;
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
  if (!DURATION.test(text)) return undefined;
  const [, count, unit] = ONE_PART.exec(text) ?? [];
  if (unit !== undefined) return Number(count) * (SECONDS[unit] ?? 0);
  const parts = text.matchAll(PART);
  return [...parts].reduce((sum, [, count, unit]) => sum + Number(count) * (SECONDS[unit ?? ''] ?? 0), 0);
}
