import { STATUS_CODES } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Connections } from './Connections.js';
import { errorBody, type GatewayError } from './errors.js';
import { codeOf } from './upstreamError.js';

const BAD_REQUEST: GatewayError = {
  status: 400,
  type: 'invalid_request_error',
  code: 'bad_request',
  message: 'This is not a well-formed HTTP request; check what sends it.',
};

const BY_CODE: Readonly<Record<string, GatewayError>> = {
  HPE_HEADER_OVERFLOW: {
    status: 431,
    type: 'invalid_request_error',
    code: 'headers_too_large',
    message: 'The request headers are larger than this gateway takes; send fewer or shorter ones.',
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: 408,
    type: 'invalid_request_error',
    code: 'request_timeout',
    message: 'The request did not arrive in time; send it faster.',
  },
};

/** Answers a request that the HTTP parser refused and closes the connection, whose state nobody knows any more. */
export function answerClientError(error: Error, socket: Duplex, connections: Connections): void {
  const code = codeOf(error);
  const mayAnswer =
    socket.writable && code !== 'ECONNRESET' && socket instanceof Socket && connections.mayAnswer(socket);
  if (!mayAnswer) {
    socket.destroy(error);
    return;
  }
  const answer = BY_CODE[code] ?? BAD_REQUEST;
  const body = errorBody(answer);
  socket.end(
    `HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status] ?? ''}\r\ncontent-type: application/json\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
    () => socket.destroy(error),
  );
}
