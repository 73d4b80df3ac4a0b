import { createHash, timingSafeEqual } from 'node:crypto';
import type { RequestHandler, Response } from 'express';
import type { Tokens } from './ports.js';
import { sendError } from './sendError.js';

type Role = 'admin' | 'metrics';

/** Tells whose token a request carries, in the same time whatever it carries. */
export class BearerTokens {
  readonly #digests: readonly (readonly [Role, Buffer])[];

  constructor({ adminToken, metricsToken }: Tokens) {
    const given: readonly (readonly [Role, string | undefined])[] = [
      ['admin', adminToken],
      ['metrics', metricsToken],
    ];
    this.#digests = given.flatMap(([role, token]) => (token ? [[role, digest(token)] as const] : []));
  }

  has(role: Role): boolean {
    return this.#digests.some(([known]) => known === role);
  }

  /** Compares hashes, for those have one length, and compares with every token, so that time tells nothing. */
  roleOf(authorization: string | undefined): Role | undefined {
    const token = /^bearer +(\S+) *$/i.exec(authorization ?? '')?.[1];
    if (token === undefined) return undefined;
    const given = digest(token);
    return this.#digests.filter(([, known]) => timingSafeEqual(known, given))[0]?.[0];
  }
}

/** Lets whoever carries a token through; everyone, when no metrics token is configured. */
export function requireMetricsToken(tokens: BearerTokens): RequestHandler {
  return (request, response, next) => {
    if (!tokens.has('metrics') || tokens.roleOf(request.headers.authorization) !== undefined) next();
    else unauthorized(response);
  };
}

/** Lets the administrator through: 503 when there can be none, 401 without a known token, 403 with another's. */
export function requireAdmin(tokens: BearerTokens): RequestHandler {
  return (request, response, next) => {
    const role = tokens.roleOf(request.headers.authorization);
    if (!tokens.has('admin')) {
      sendError(response, 503, 'admin_token_missing', 'set PROMPTMETER_ADMIN_TOKEN and start again to use this route');
    } else if (role === 'admin') next();
    else if (role === undefined) unauthorized(response);
    else sendError(response, 403, 'forbidden', 'this token may read /metrics only; use the admin token');
  };
}

function unauthorized(response: Response): void {
  response.set('WWW-Authenticate', 'Bearer realm="promptmeter"');
  sendError(response, 401, 'unauthorized', 'send the header Authorization: Bearer <token>');
}

const digest = (token: string): Buffer => createHash('sha256').update(token).digest();
