import type { RequestListener, Server } from 'node:http';
import { boundConnections } from '../access/boundConnections.js';
import { createHttpServer, type HttpServer, type Tls } from '../access/httpServer.js';
import { reachable } from '../access/reachable.js';
import { MissingServiceError } from '../errors.js';
import { boundedLines } from './boundedLines.js';
import type { ExporterLogger } from './ports.js';

/** How long headers, and a whole request, may take to arrive; and how often is looked. Milliseconds. */
export interface RequestTimeouts {
  readonly headersMs: number;
  readonly requestMs: number;
  readonly checkMs: number;
}

const REQUEST_TIMEOUTS: RequestTimeouts = { headersMs: 10_000, requestMs: 30_000, checkMs: 5000 };
const MAX_CONNECTIONS = 1000;
/** How long an answer may take once we close. */
const CLOSE_GRACE_MS = 5000;
/** Longer than between two scrapes, so that Prometheus keeps its connection and is known to come again. */
const KEEP_ALIVE_MS = 75_000;

export interface ListenerOptions {
  readonly host: string;
  readonly port: number;
  readonly requestTimeouts?: RequestTimeouts | undefined;
  /** At once; more are closed as they come. Default 1000. */
  readonly maxConnections?: number | undefined;
  readonly logger?: ExporterLogger | undefined;
  /** Absent: HTTP without TLS. */
  readonly tls?: Tls | undefined;
}

/** An HTTP server on one address. */
export class Listener {
  readonly #server: Server;
  readonly #http: HttpServer;
  readonly #address: ListenerOptions;
  #closed: Promise<void> | undefined;

  constructor(app: RequestListener, options: ListenerOptions) {
    const { maxConnections = MAX_CONNECTIONS } = options;
    const { headersMs, requestMs, checkMs } = options.requestTimeouts ?? REQUEST_TIMEOUTS;
    this.#address = options;
    const times = { headersTimeout: headersMs, requestTimeout: requestMs, connectionsCheckingInterval: checkMs };
    this.#http = createHttpServer({ ...times, keepAliveTimeout: KEEP_ALIVE_MS }, options.tls);
    this.#server = this.#http.server.on('request', boundedLines(app));
    boundConnections(this.#server, maxConnections, () =>
      options.logger?.warn('The exporter holds all the connections that it takes, and closes others', {
        maxConnections,
      }),
    );
  }

  async listen(): Promise<{ url: string; port: number }> {
    const { host, port } = this.#address;
    await new Promise<void>((resolve, reject) => {
      // Stays on, for an error event that nobody takes would end the process.
      this.#server.on('error', (error: NodeJS.ErrnoException) => {
        reject(new MissingServiceError(problemOf(error.code, host, port), { cause: error }));
      });
      this.#server.listen(port, host, resolve);
    });
    const bound = this.#server.address();
    const boundPort = typeof bound === 'object' && bound !== null ? bound.port : port;
    return { url: `${this.#http.scheme}://${reachable(host)}:${boundPort}`, port: boundPort };
  }

  renewTls(tls: Tls): void {
    this.#http.renewTls(tls);
  }

  close(): Promise<void> {
    this.#closed ??= new Promise((resolve) => {
      const force = setTimeout(() => {
        this.#server.closeAllConnections();
      }, CLOSE_GRACE_MS);
      this.#server.close(() => {
        clearTimeout(force);
        resolve();
      });
      // What is being answered now shall not be kept alive after it.
      this.#server.keepAliveTimeout = 1;
      this.#server.closeIdleConnections();
    });
    return this.#closed;
  }
}

function problemOf(code: string | undefined, host: string, port: number): string {
  if (code === 'EADDRINUSE') {
    return `port ${port} on ${host} is in use; stop what uses it or set PROMPTMETER_METRICS_PORT to another (0 picks a free one)`;
  }
  if (code === 'EACCES') {
    return `port ${port} on ${host} is not allowed to this user; set PROMPTMETER_METRICS_PORT to one above 1023`;
  }
  return `can't listen on ${host} port ${port} (${code ?? 'unknown reason'}); set PROMPTMETER_METRICS_HOST or PROMPTMETER_HOST to an address of this machine`;
}
