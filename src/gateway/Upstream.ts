import { Pool, type Dispatcher } from 'undici';
import type { GatewayUpstream } from './GatewayOptions.js';

const CONNECT_TIMEOUT_MS = 10_000;

/** One configured server with its connections. */
export class Upstream {
  readonly name: string;
  /** Scheme, host and port, for messages. Without user and password. */
  readonly origin: string;
  readonly #basePath: string;
  readonly #baseQuery: string;
  readonly #pool: Pool;

  constructor({ name, baseUrl }: GatewayUpstream, timeoutMs: number) {
    const url = new URL(baseUrl);
    this.name = name;
    this.origin = url.origin;
    this.#basePath = url.pathname.replace(/\/+$/, '');
    this.#baseQuery = url.search.slice(1);
    this.#pool = new Pool(url.origin, {
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      connect: { timeout: Math.min(CONNECT_TIMEOUT_MS, timeoutMs) },
    });
  }

  /** The request target for what followed `/v1`: empty, or a path and a query. */
  path(rest: string): string {
    const target = this.#basePath + rest;
    const rooted = target.startsWith('/') ? target : `/${target}`;
    if (this.#baseQuery === '') return rooted;
    return `${rooted}${rooted.includes('?') ? '&' : '?'}${this.#baseQuery}`;
  }

  dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): void {
    this.#pool.dispatch(options, handler);
  }

  /** Ends its connections, with what still runs on them. */
  async destroy(): Promise<void> {
    await this.#pool.destroy();
  }
}
