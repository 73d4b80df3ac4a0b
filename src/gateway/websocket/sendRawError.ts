import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { errorBody, type GatewayError } from '../errors.js';
import { ID_HEADER } from '../headers.js';

/** Answers on a connection that no HTTP parser follows any more, and closes it. */
export function sendRawError(socket: Socket, error: GatewayError, correlationId?: string): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const body = errorBody(error);
  const id = correlationId === undefined ? '' : `${ID_HEADER}: ${correlationId}\r\n`;
  const { headers = [] } = error;
  const more = headers.map((part, at) => (at % 2 === 0 ? `${part}: ` : `${part}\r\n`)).join('');
  socket.write(
    `HTTP/1.1 ${error.status} ${STATUS_CODES[error.status] ?? ''}\r\ncontent-type: application/json\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n${more}${id}\r\n${body}`,
  );
  socket.destroySoon();
}
