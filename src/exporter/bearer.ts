import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import { callerOf } from '../access/callerOf.js';
import { FailureLimiter } from '../access/FailureLimiter.js';
import type { Tokens } from './ports.js';
import { sendError } from './sendError.js';

type Role = 'admin' | 'metrics';
/** Whose token a request carries: none, a wrong one, or any token from where too many wrong ones came. */
type Shown = Role | 'none' | 'wrong' | { readonly waitSeconds: number };

/** Tells whose token a request carries, in the same time whatever it carries, to whoever has not guessed too often. */
export class BearerTokens {
  readonly #digests: readonly (readonly [Role, Buffer])[];
  readonly #failures: FailureLimiter;

  constructor({ adminToken, metricsToken, failures = new FailureLimiter() }: Tokens) {
    const given: readonly (readonly [Role, string | undefined])[] = [
      ['admin', adminToken],
      ['metrics', metricsToken],
    ];
    this.#digests = given.flatMap(([role, token]) => (token ? [[role, digest(token)] as const] : []));
    this.#failures = failures;
  }

  has(role: Role): boolean {
    return this.#digests.some(([known]) => known === role);
  }

  shownIn({ headers, socket }: Pick<Request, 'headers' | 'socket'>): Shown {
    const token = /^bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1];
    if (token === undefined) return 'none';
    const caller = callerOf(socket);
    const waitSeconds = this.#failures.waitOf(caller);
    // Not looked at, or guessing would go on as fast as before.
    if (waitSeconds > 0) return { waitSeconds };
    const role = this.#roleOf(token);
    if (role === undefined) this.#failures.failed(caller);
    return role ?? 'wrong';
  }

  /** Compares hashes, for those have one length, and compares with every token, so that time tells nothing. */
  #roleOf(token: string): Role | undefined {
    const given = digest(token);
    return this.#digests.filter(([, known]) => timingSafeEqual(known, given))[0]?.[0];
  }
}

/** Lets whoever carries a token through; everyone, when no metrics token is configured. */
export function requireMetricsToken(tokens: BearerTokens): RequestHandler {
  return (request, response, next) => {
    if (!tokens.has('metrics')) {
      next();
      return;
    }
    const shown = tokens.shownIn(request);
    if (shown === 'admin' || shown === 'metrics') next();
    else refuse(response, shown);
  };
}

/** Lets the administrator through: 503 when there can be none, 401 without a known token, 403 with another's. */
export function requireAdmin(tokens: BearerTokens): RequestHandler {
  return (request, response, next) => {
    if (!tokens.has('admin')) {
      sendError(response, 503, 'admin_token_missing', 'set PROMPTMETER_ADMIN_TOKEN and start again to use this route');
      return;
    }
    const shown = tokens.shownIn(request);
    if (shown === 'admin') next();
    else if (shown === 'metrics') {
      sendError(response, 403, 'forbidden', 'this token may read /metrics only; use the admin token');
    } else refuse(response, shown);
  };
}

function refuse(response: Response, shown: Exclude<Shown, Role>): void {
  if (typeof shown === 'object') {
    const { waitSeconds } = shown;
    response.set('Retry-After', String(waitSeconds));
    const message = `too many wrong tokens came from this address; try again in ${waitSeconds} s`;
    sendError(response, 429, 'too_many_wrong_tokens', message);
    return;
  }
  response.set('WWW-Authenticate', 'Bearer realm="promptmeter"');
  sendError(response, 401, 'unauthorized', 'send the header Authorization: Bearer <token>');
}

const digest = (token: string): Buffer => createHash('sha256').update(token).digest();
