import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';

/** Headers with which a client offers another protocol; without them the request is an ordinary one. */
const OFFER: ReadonlySet<string> = new Set(['connection', 'upgrade', 'http2-settings']);

/**
 * Puts a request that offers a protocol other than WebSocket (`h2c`, as Java's client does) back onto the connection,
 * which the HTTP parser has let go of, as the ordinary request that it is without the offer.
 */
export function putBack(req: IncomingMessage, socket: Socket, head: Buffer): void {
  const { rawHeaders } = req;
  let text = `${req.method ?? 'GET'} ${req.url ?? '/'} HTTP/${req.httpVersion}\r\n`;
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] ?? '';
    if (!OFFER.has(name.toLowerCase())) text += `${name}: ${rawHeaders[i + 1] ?? ''}\r\n`;
  }
  socket.unshift(Buffer.concat([Buffer.from(`${text}\r\n`, 'latin1'), head]));
}
