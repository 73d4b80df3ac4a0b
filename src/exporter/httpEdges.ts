import type { ErrorRequestHandler, RequestHandler } from 'express';
import type { ExporterLogger } from './ports.js';
import { sendError } from './sendError.js';

/** Nothing here is for frames, caches, referrers or other sites. Pages that show something set their own policy. */
export const securityHeaders: RequestHandler = (_request, response, next) => {
  response.set({
    'Cache-Control': 'no-store',
    'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
  });
  next();
};

/** Answers every method that the route before it doesn't take. */
export function allowOnly(...methods: readonly string[]): RequestHandler {
  return (_request, response) => {
    response.set('Allow', methods.join(', '));
    sendError(response, 405, 'method_not_allowed', `use ${methods.join(' or ')}`);
  };
}

/** Also keeps pages of other sites from sending anything: a browser asks first before it sends JSON, and gets no. */
export const requireJson: RequestHandler = (request, response, next) => {
  if (request.is('application/json') === 'application/json') next();
  else sendError(response, 415, 'unsupported_media_type', 'send JSON with the header Content-Type: application/json');
};

export const notFound: RequestHandler = (_request, response) => {
  sendError(response, 404, 'not_found', 'there is nothing here; / lists what there is');
};

/** Answers what a handler threw: the client's mistakes by their status, ours by 500 without their inside. */
export function handleError(logger: ExporterLogger | undefined): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const status = clientStatusOf(error);
    if (status !== undefined) {
      sendError(response, status, 'bad_request', CLIENT_MISTAKES[status] ?? 'this request can not be understood');
      return;
    }
    logger?.error('A request to the exporter failed', {
      method: request.method,
      error: error instanceof Error ? error.name : 'unknown',
    });
    sendError(response, 500, 'internal', 'this failed inside Promptmeter; its log tells more');
  };
}

const CLIENT_MISTAKES: Readonly<Record<number, string>> = {
  400: 'the path or the body can not be understood',
  413: 'the body is larger than is allowed here',
  415: 'send a body in UTF-8 with the header Content-Type: application/json',
};

/** Express and its parsers put the status of a client's mistake on the error. */
function clientStatusOf(error: unknown): number | undefined {
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : undefined;
}
