import type { IncomingHttpHeaders } from 'node:http';
import type { Attempt } from '../call/attempt.js';
import { readRateLimits } from '../openai/rateLimits.js';

/** About one connection, never passed on (RFC 9110, 7.6.1). Others can be named in `connection`. */
const HOP_BY_HOP: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Chosen anew for the upstream: by its base URL, and because 100 (Continue) is answered here. */
const SET_ANEW: ReadonlySet<string> = new Set(['host', 'expect']);

/** Headers that mean something to Promptmeter and nothing to an upstream. */
export const OWN_PREFIX = 'x-promptmeter-';
export const ID_HEADER = 'x-promptmeter-id';

/** Names and values in turn, as they came over the wire. */
export type RawHeaders = string[];

export interface RequestHeaderOptions {
  /** Whether the length of the body is told by whoever sends it on, since it may have changed. */
  readonly ownLength: boolean;
  /** Whether to ask for an answer that is not compressed. */
  readonly identity: boolean;
}

/** What of a client's headers goes to the upstream: same names, values, order and duplicates. */
export function requestHeaders(raw: readonly string[], { ownLength, identity }: RequestHeaderOptions): RawHeaders {
  const named = namedByConnection(raw);
  const headers: RawHeaders = [];
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const name = raw[i] ?? '';
    const lower = name.toLowerCase();
    if (HOP_BY_HOP.has(lower) || SET_ANEW.has(lower) || lower.startsWith(OWN_PREFIX)) continue;
    if (lower === 'content-length' ? ownLength : named?.has(lower) === true) continue;
    if (identity && lower === 'accept-encoding') continue;
    headers.push(name, raw[i + 1] ?? '');
  }
  if (identity) headers.push('accept-encoding', 'identity');
  return headers;
}

export interface ResponseHeaderOptions {
  readonly correlationId: string;
  /** Whether the body is passed on with fewer bytes than the upstream sends, so that its length is not known. */
  readonly dropLength: boolean;
  /** Whether trailers can follow, so that their names may be announced. */
  readonly trailers: boolean;
}

/** What of an upstream's headers goes to the client: same names, values, order and duplicates, and the call's id. */
export function responseHeaders(raw: unknown, options: ResponseHeaderOptions): RawHeaders {
  const headers: RawHeaders = [];
  const all = wireStrings(raw);
  const named = namedByConnection(all);
  for (let i = 0; i + 1 < all.length; i += 2) {
    const name = all[i] ?? '';
    const lower = name.toLowerCase();
    const announcesTrailers = options.trailers && lower === 'trailer';
    if (HOP_BY_HOP.has(lower) && !announcesTrailers) continue;
    if (lower === ID_HEADER || (named?.has(lower) === true && lower !== 'content-length')) continue;
    if (lower === 'content-length' && options.dropLength) continue;
    headers.push(name, all[i + 1] ?? '');
  }
  headers.push(ID_HEADER, options.correlationId);
  return headers;
}

/** Header bytes as Node.js writes them: one character a byte, so that none is changed. */
export function wireStrings(raw: unknown): string[] {
  if (!Array.isArray(raw)) return [];
  return raw.map((part: unknown) => (Buffer.isBuffer(part) ? part.toString('latin1') : String(part)));
}

function namedByConnection(raw: readonly string[]): ReadonlySet<string> | undefined {
  let names: Set<string> | undefined;
  for (let i = 0; i + 1 < raw.length; i += 2) {
    if (raw[i]?.length !== 10 || raw[i]?.toLowerCase() !== 'connection') continue;
    for (const token of (raw[i + 1] ?? '').split(',')) {
      const name = token.trim().toLowerCase();
      if (name !== '' && name !== 'close' && name !== 'keep-alive') (names ??= new Set()).add(name);
    }
  }
  return names;
}

/** What an answer's headers tell of rate limits, as part of an attempt. */
export function rateLimitsOf(headers: IncomingHttpHeaders): Pick<Attempt, 'rateLimits'> {
  const rateLimits = readRateLimits((name) => first(headers[name]));
  return rateLimits === undefined ? {} : { rateLimits };
}

function first(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
