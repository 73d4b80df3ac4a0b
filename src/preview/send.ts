import type { ServerResponse } from 'node:http';

/**
 * Scripts, styles and data from this server only, nothing inline: a label value that should ever get into the page as
 * HTML can't run.
 */
const HEADERS = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    "img-src 'self' data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
} as const;

export function send(res: ServerResponse, status: number, contentType: string, body: string | Uint8Array): void {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  res.writeHead(status, {
    ...HEADERS,
    'content-type': contentType,
    'content-length': bytes.byteLength,
    'cache-control': 'no-cache',
  });
  res.end(bytes);
}

export function sendJson(res: ServerResponse, status: number, body: string | Uint8Array): void {
  send(res, status, 'application/json; charset=utf-8', body);
}
