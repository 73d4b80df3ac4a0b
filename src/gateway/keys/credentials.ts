import type { IncomingMessage } from 'node:http';
import { OWN_PREFIX } from '../headerName.js';
import type { GatewayKey } from './KeyRing.js';

/** For those who send their own key to the upstream and the gateway's beside it. */
const OWN_HEADER = `${OWN_PREFIX}key`;

/** What a client proves itself with at the upstream; with the server's key it has no say in these. */
const UPSTREAM_CREDENTIALS: ReadonlySet<string> = new Set([
  'authorization',
  'api-key',
  'x-api-key',
  'openai-organization',
  'openai-project',
]);

/** How a page in a browser, which can set no header, shows its key when it opens a WebSocket. */
const PROTOCOLS = 'sec-websocket-protocol';
const KEY_PROTOCOL = /^openai-insecure-api-key\.(\S+)$/;

export interface Shown {
  readonly key: string;
  /** The header it came in. */
  readonly header: string;
}

/** The key that a request shows, in `x-promptmeter-key`, else as bearer, in `api-key` or as a protocol of a WebSocket. */
export function shownIn(headers: IncomingMessage['headers']): Shown | undefined {
  const bearer = /^bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1];
  const protocol = protocolsOf(headers[PROTOCOLS]).flatMap((each) => KEY_PROTOCOL.exec(each)?.[1] ?? [])[0];
  const all = {
    [OWN_HEADER]: headers[OWN_HEADER],
    authorization: bearer,
    'api-key': headers['api-key'],
    [PROTOCOLS]: protocol,
  };
  for (const [header, key] of Object.entries(all)) if (typeof key === 'string') return { key, header };
  return undefined;
}

/**
 * Makes the request one of the key's holder: what it says of attribution goes before the client's own headers, the
 * gateway's key is taken out, and the upstream's key put in, if the server has one.
 */
export function rewriteHeaders(
  req: IncomingMessage,
  { header }: Shown,
  { attribution }: GatewayKey,
  upstreamKey: string | undefined,
): void {
  const labels = Object.entries(attribution);
  const taken = new Set(labels.flatMap(([label]) => [OWN_PREFIX + label, OWN_PREFIX + label.replaceAll('_', '-')]));
  const own = upstreamKey === undefined ? undefined : `Bearer ${upstreamKey}`;
  const raw = req.rawHeaders;
  const kept: string[] = [];
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const name = (raw[i] ?? '').toLowerCase();
    if (name === PROTOCOLS && (header === PROTOCOLS || own !== undefined)) {
      const others = protocolsOf(raw[i + 1]).filter((each) => !KEY_PROTOCOL.test(each));
      if (others.length > 0) kept.push(raw[i] ?? '', others.join(', '));
      continue;
    }
    const goes = name === header || taken.has(name) || (own !== undefined && UPSTREAM_CREDENTIALS.has(name));
    if (!goes) kept.push(raw[i] ?? '', raw[i + 1] ?? '');
  }
  if (own !== undefined) kept.push('authorization', own);
  // As bytes on the wire are held: one character each.
  for (const [label, value] of labels) kept.push(OWN_PREFIX + label, Buffer.from(value, 'utf8').toString('latin1'));
  req.rawHeaders = kept;
}

function protocolsOf(header: string | undefined): string[] {
  return (header ?? '').split(',').flatMap((each) => (each.trim() === '' ? [] : [each.trim()]));
}
