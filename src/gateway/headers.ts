import type { ToldLimits } from '../call/attempt.js';
import { readRateLimits } from '../openai/rateLimits.js';
import type { WireHeaders } from './WireHeaders.js';

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
export function requestHeaders(asked: WireHeaders, { ownLength, identity }: RequestHeaderOptions): RawHeaders {
  const named = namedByConnection(asked);
  const headers: RawHeaders = [];
  asked.names.forEach(({ said, lower, hopByHop, own }, at) => {
    // Chosen anew for the upstream: by its base URL, and because 100 (Continue) is answered here.
    if (hopByHop || own || lower === 'host' || lower === 'expect') return;
    if (lower === 'content-length' ? ownLength : named?.has(lower) === true) return;
    if (identity && lower === 'accept-encoding') return;
    headers.push(said, asked.valueAt(at));
  });
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
export function responseHeaders(answered: WireHeaders, options: ResponseHeaderOptions): RawHeaders {
  const { correlationId, dropLength, trailers } = options;
  const headers: RawHeaders = [];
  const named = namedByConnection(answered);
  answered.names.forEach(({ said, lower, hopByHop }, at) => {
    if (hopByHop && !(trailers && lower === 'trailer')) return;
    if (lower === ID_HEADER || (named?.has(lower) === true && lower !== 'content-length')) return;
    if (dropLength && lower === 'content-length') return;
    headers.push(said, answered.valueAt(at));
  });
  headers.push(ID_HEADER, correlationId);
  return headers;
}

function namedByConnection(headers: WireHeaders): ReadonlySet<string> | undefined {
  let named: Set<string> | undefined;
  headers.names.forEach(({ lower }, at) => {
    if (lower !== 'connection') return;
    for (const token of headers.valueAt(at).split(',')) {
      const name = token.trim().toLowerCase();
      if (name !== '' && name !== 'close' && name !== 'keep-alive') (named ??= new Set()).add(name);
    }
  });
  return named;
}

/** What an answer's headers tell of rate limits, read when somebody asks for it. */
export function rateLimitsOf(headers: WireHeaders): ToldLimits {
  return () => readRateLimits((name) => headers.value(name));
}
