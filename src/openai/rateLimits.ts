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
const LONGEST_DURATION = 40;
const MOST_DIGITS = 15;
const POINT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;

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
  const isCount = text !== '' && text.length <= MOST_DIGITS && digitsEnd(text, 0) === text.length;
  return isCount ? Number(text) : undefined;
}

/** Seconds of a duration as Go writes it (`6m0s`, `20ms`, `1h2m3.5s`), or of a bare number of seconds. */
function readSeconds(value: string | null | undefined): number | undefined {
  const text = value?.trim() ?? '';
  if (text === '' || text.length > LONGEST_DURATION) return undefined;
  let seconds = 0;
  for (let at = 0; at < text.length;) {
    const end = numberEnd(text, at);
    const isAlone = at === 0 && end === text.length;
    const unit = text.startsWith('ms', end) ? 'ms' : text.charAt(end);
    const scale = isAlone ? 1 : SECONDS[unit];
    if (end === at || scale === undefined) return undefined;
    seconds += scale * Number(text.slice(at, end));
    at = end + unit.length;
  }
  return seconds;
}

/** Where the number that begins at `from` ends: digits, and perhaps a point with more of them. */
function numberEnd(text: string, from: number): number {
  const whole = digitsEnd(text, from);
  if (whole === from || text.charCodeAt(whole) !== POINT) return whole;
  const end = digitsEnd(text, whole + 1);
  return end === whole + 1 ? whole : end;
}

function digitsEnd(text: string, from: number): number {
  let at = from;
  for (let code = text.charCodeAt(at); code >= ZERO && code <= NINE; code = text.charCodeAt(at)) at += 1;
  return at;
}
