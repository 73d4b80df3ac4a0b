/** Headers that mean something to Promptmeter and nothing to an upstream. */
export const OWN_PREFIX = 'x-promptmeter-';

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

/** What is to be known of a header's name. */
export interface HeaderName {
  /** As it came. */
  readonly said: string;
  readonly lower: string;
  readonly hopByHop: boolean;
  readonly own: boolean;
}

/** A client that makes names up must not grow memory. */
const MOST = 1000;
const LONGEST = 64;

/** The same few names come with every call. */
const known = new Map<string, HeaderName>();

export function headerName(name: string): HeaderName {
  return known.get(name) ?? made(name);
}

function made(name: string): HeaderName {
  // A copy, since a name can be a part of a long text that it would keep in memory.
  const said = Buffer.from(name, 'latin1').toString('latin1');
  const lower = said.toLowerCase();
  const made = { said, lower, hopByHop: HOP_BY_HOP.has(lower), own: lower.startsWith(OWN_PREFIX) };
  if (known.size < MOST && said.length <= LONGEST) known.set(said, made);
  return made;
}
