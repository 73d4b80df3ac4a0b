import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { WireHeaders } from '../WireHeaders.js';
import { requestHeaders, responseHeaders, type RawHeaders } from '../headers.js';

/**
 * An extension (compression) would make the frames unreadable, and every peer can do without: it is not offered to the
 * upstream, so that it offers none.
 */
const EXTENSIONS = 'sec-websocket-extensions';

const UPGRADE: readonly string[] = ['connection', 'Upgrade', 'upgrade', 'websocket'];

/** Whether a request asks for a WebSocket. */
export function asksForWebSocket({ method, headers }: IncomingMessage): boolean {
  return method === 'GET' && headers.upgrade?.trim().toLowerCase() === 'websocket';
}

/** Whether a request says that a body follows: then it isn't known where the frames begin. */
export function hasBodyToo({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) !== 0;
}

/** What of a client's request goes to the upstream, subprotocols, key and credentials included. */
export function upgradeHeaders(raw: readonly string[], host: string): RawHeaders {
  const passed = requestHeaders(WireHeaders.ofRequest(raw), { ownLength: true, identity: false });
  return ['host', host, ...UPGRADE, ...without(passed, EXTENSIONS)];
}

/** Whether an upstream's answer opens the WebSocket that was asked for, and nothing beside. */
export function isOpened(headers: IncomingHttpHeaders): boolean {
  return headers.upgrade?.trim().toLowerCase() === 'websocket' && headers[EXTENSIONS] === undefined;
}

/** The head of the answer that opens the client's side. */
export function openedHead(answer: IncomingMessage, correlationId: string): Buffer {
  const passed = responseHeaders(WireHeaders.ofAnswer(answer.rawHeaders), {
    correlationId,
    dropLength: true,
    trailers: false,
  });
  return responseHead('101 Switching Protocols', [...UPGRADE, ...passed]);
}

/** The head of an upstream's answer that opens nothing. Its body ends with the connection. */
export function refusedHead(answer: IncomingMessage, correlationId: string): Buffer {
  const passed = responseHeaders(WireHeaders.ofAnswer(answer.rawHeaders), {
    correlationId,
    dropLength: false,
    trailers: false,
  });
  return responseHead(`${answer.statusCode ?? 502} ${answer.statusMessage ?? ''}`, [...passed, 'connection', 'close']);
}

/** Bytes as they came: one character each. */
function responseHead(status: string, headers: readonly string[]): Buffer {
  let head = `HTTP/1.1 ${status}\r\n`;
  for (let i = 0; i + 1 < headers.length; i += 2) head += `${headers[i] ?? ''}: ${headers[i + 1] ?? ''}\r\n`;
  return Buffer.from(`${head}\r\n`, 'latin1');
}

function without(headers: RawHeaders, name: string): RawHeaders {
  return headers.filter((_, i) => headers[i - (i % 2)]?.toLowerCase() !== name);
}
