import type { ServerResponse } from 'node:http';
import { ID_HEADER } from './headers.js';

/** An error that the gateway itself answers with, in OpenAI's shape. The message says what to do. */
export interface GatewayError {
  readonly status: number;
  readonly type: 'invalid_request_error' | 'server_error';
  readonly code: string;
  readonly message: string;
  /** Names and values in turn, besides the usual ones. */
  readonly headers?: readonly string[];
}

export function errorBody({ message, type, code }: GatewayError): string {
  return JSON.stringify({ error: { message, type, param: null, code } });
}

/** Answers with an error unless an answer has begun. */
export function sendError(res: ServerResponse, error: GatewayError, correlationId?: string): void {
  if (res.headersSent || res.destroyed) return;
  // A client that waits for 100 (Continue) sends no body now, and the parser would wait for it.
  if (res.req.headers.expect !== undefined) res.shouldKeepAlive = false;
  const body = Buffer.from(errorBody(error));
  const headers = ['content-type', 'application/json', 'content-length', String(body.length), ...(error.headers ?? [])];
  if (correlationId !== undefined) headers.push(ID_HEADER, correlationId);
  res.writeHead(error.status, headers);
  res.end(body);
}

export function notFound(basePaths: readonly string[]): GatewayError {
  return {
    status: 404,
    type: 'invalid_request_error',
    code: 'unknown_url',
    message: `Promptmeter has nothing at this path; use one of these as the base URL: ${basePaths.join(', ')}.`,
  };
}

export function tooLarge(maxBodyBytes: number): GatewayError {
  return {
    status: 413,
    type: 'invalid_request_error',
    code: 'request_too_large',
    message:
      `The request body is larger than the ${maxBodyBytes} bytes that this gateway takes; ` +
      'send less or raise gateway.maxBodyMegabytes in promptmeter.yaml.',
  };
}

export const BODY_WITH_UPGRADE: GatewayError = {
  status: 400,
  type: 'invalid_request_error',
  code: 'bad_request',
  message: 'A request for a WebSocket has no body; leave out Content-Length and Transfer-Encoding.',
};

export const TOO_MANY_UNANSWERED: GatewayError = {
  status: 429,
  type: 'invalid_request_error',
  code: 'too_many_unanswered',
  message: 'Too many requests wait for their answers on this connection; wait for some, or use more connections.',
  headers: ['connection', 'close'],
};

export const SEVERAL_HOSTS: GatewayError = {
  status: 400,
  type: 'invalid_request_error',
  code: 'bad_request',
  message: 'A request has one Host header; send no second one.',
  headers: ['connection', 'close'],
};

export const EXPECTATION_FAILED: GatewayError = {
  status: 417,
  type: 'invalid_request_error',
  code: 'expectation_failed',
  message: 'The Expect header asks for something other than 100-continue; leave it out.',
};

export const SHUTTING_DOWN: GatewayError = {
  status: 503,
  type: 'server_error',
  code: 'gateway_shutting_down',
  message: 'The Promptmeter gateway is shutting down; try again.',
};

export const INTERNAL: GatewayError = {
  status: 500,
  type: 'server_error',
  code: 'gateway_error',
  message: 'The Promptmeter gateway failed to handle this request; its log says why.',
};
