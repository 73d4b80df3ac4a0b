import { RATE_LIMIT_KINDS, type RateLimit, type RateLimitKind, type RateLimits } from '../call/attempt.js';

type GetHeader = (name: string) => string | null | undefined;

const SECONDS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400 };
const DURATION = /^(?:\d+(?:\.\d+)?(?:ms|[smhd]))+$/;

/**
 * Reads the `x-ratelimit-{limit,remaining,reset}-{requests,tokens}` headers of an answer. What they do not tell, or
 * tell in a form that is not a number of 0 or more, is absent; undefined when they tell nothing.
 */
export function readRateLimits(get: GetHeader): RateLimits | undefined {
  const limits: Partial<Record<RateLimitKind, RateLimit>> = {};
  for (const kind of RATE_LIMIT_KINDS) {
    const limit = readLimit(kind, get);
    if (limit !== undefined) limits[kind] = limit;
  }
  return Object.keys(limits).length === 0 ? undefined : limits;
}

function readLimit(kind: RateLimitKind, get: GetHeader): RateLimit | undefined {
  const limit = readCount(get(`x-ratelimit-limit-${kind}`));
  const remaining = readCount(get(`x-ratelimit-remaining-${kind}`));
  const resetSeconds = readSeconds(get(`x-ratelimit-reset-${kind}`));
  if (limit === undefined && remaining === undefined && resetSeconds === undefined) return undefined;
  return {
    ...(limit === undefined ? {} : { limit }),
    ...(remaining === undefined ? {} : { remaining }),
    ...(resetSeconds === undefined ? {} : { resetSeconds }),
  };
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
  const parts = text.matchAll(/(\d+(?:\.\d+)?)(ms|[smhd])/g);
  return [...parts].reduce((sum, [, count, unit]) => sum + Number(count) * (SECONDS[unit ?? ''] ?? 0), 0);
}
