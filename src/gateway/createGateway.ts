import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { boundConnections } from '../access/boundConnections.js';
import { createHttpServer, type HttpServer, type Tls } from '../access/httpServer.js';
import { reachable } from '../access/reachable.js';
import { SYSTEM_CLOCK } from '../monitor/Clock.js';
import { AttributionReader } from './attribution.js';
import { answerClientError } from './clientError.js';
import { Connections } from './Connections.js';
import {
  EXPECTATION_FAILED,
  INTERNAL,
  notFound,
  sendError,
  SEVERAL_HOSTS,
  SHUTTING_DOWN,
  TOO_MANY_UNANSWERED,
  type GatewayError,
} from './errors.js';
import { Exchange } from './Exchange.js';
import type { ExchangePorts, RunningExchange } from './ExchangePorts.js';
import { FailedAttempts } from './FailedAttempts.js';
import type { ClientTimeouts, Gateway, GatewayOptions } from './GatewayOptions.js';
import { hasSeveralHosts } from './hasSeveralHosts.js';
import { Doorkeeper, type GatewayAccess } from './keys/Doorkeeper.js';
import { listen } from './listen.js';
import { Router, type Route } from './route.js';
import { Running } from './Running.js';
import { acceptWebSockets } from './websocket/acceptWebSockets.js';
import { messageOf } from '../errors.js';

/** Longer than clients keep idle connections, so that it is they who close them. */
const KEEP_ALIVE_MS = 75_000;
const CLIENT_TIMEOUTS: ClientTimeouts = { headersMs: 20_000, requestMs: 300_000, checkMs: 5_000 };
const LAST_BYTES_MS = 1_000;
const MAX_HEADER_BYTES = 32 * 1024;

/**
 * Makes the OpenAI-compatible gateway: it passes calls on to their upstream, byte for byte, and measures them.
 * Nothing is bound before `listen`.
 */
export function createGateway(options: GatewayOptions): Gateway {
  return new HttpGateway(options);
}

class HttpGateway implements Gateway {
  readonly #options: GatewayOptions;
  readonly #router: Router;
  readonly #http: HttpServer;
  readonly #server: Server;
  readonly #ports: ExchangePorts;
  readonly #doorkeeper: Doorkeeper | undefined;
  readonly #connections = new Connections();
  readonly #exchanges = new Running<RunningExchange>();
  #draining = false;
  #closed: Promise<void> | undefined;
  #lastCut: NodeJS.Timeout | undefined;

  constructor(options: GatewayOptions) {
    const timeoutMs = options.timeoutSeconds * 1000;
    this.#options = options;
    this.#doorkeeper = options.access && new Doorkeeper(options.access, options.logger);
    this.#router = new Router(options.defaultUpstream, options.upstreams, timeoutMs);
    this.#ports = {
      monitor: options.monitor,
      logger: options.logger,
      reporter: options.reporter,
      usageInStreams: options.usageInStreams,
      maxBodyBytes: options.maxBodyBytes,
      timeoutMs,
      attribution: new AttributionReader(options.attributionLabels),
      failedAttempts: new FailedAttempts(SYSTEM_CLOCK),
      afterwards: options.measuresAtOnce === true ? (work) => work() : setImmediate,
      draining: () => this.#draining,
      recorded: (exchange) => this.#exchanges.delete(exchange),
    };
    const { headersMs, requestMs, checkMs } = options.clientTimeouts ?? {
      ...CLIENT_TIMEOUTS,
      requestMs: Math.max(CLIENT_TIMEOUTS.requestMs, timeoutMs),
    };
    const times = {
      keepAliveTimeout: KEEP_ALIVE_MS,
      headersTimeout: headersMs,
      requestTimeout: requestMs,
      connectionsCheckingInterval: checkMs,
      maxHeaderSize: MAX_HEADER_BYTES,
    };
    this.#http = createHttpServer(times, options.tls);
    this.#server = this.#http.server;
    const { maxConnections, logger } = options;
    boundConnections(this.#server, maxConnections, () =>
      logger.warn('The gateway holds all the connections that gateway.maxConnections allows, and closes others', {
        maxConnections,
      }),
    );
    this.#serve(timeoutMs);
    acceptWebSockets(this.#server, {
      router: this.#router,
      connections: this.#connections,
      exchanges: this.#exchanges,
      exchangePorts: this.#ports,
      doorkeeper: this.#doorkeeper,
    });
  }

  async listen(): Promise<{ url: string; port: number }> {
    const { host, port } = this.#options;
    const address: AddressInfo = await listen(this.#server, host, port);
    return { url: `${this.#http.scheme}://${reachable(host)}:${address.port}`, port: address.port };
  }

  async close(drainMs: number): Promise<void> {
    this.#draining = true;
    const cut = setTimeout(() => this.#cut(), drainMs);
    this.#closed ??= this.#drain();
    try {
      await this.#closed;
    } finally {
      clearTimeout(cut);
      clearTimeout(this.#lastCut);
    }
  }

  renewAccess(access: GatewayAccess): void {
    this.#doorkeeper?.renew(access);
  }

  renewTls(tls: Tls): void {
    this.#http.renewTls(tls);
  }

  async #drain(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#connections.drain();
    await this.#exchanges.none();
    await Promise.all(this.#router.upstreams.map((upstream) => upstream.destroy()));
    await closed;
  }

  /** Ends what runs. Clients get a moment to take their last bytes. */
  #cut(): void {
    for (const exchange of this.#exchanges.all()) exchange.shutDown();
    this.#lastCut ??= setTimeout(() => this.#connections.destroyAll(), LAST_BYTES_MS);
  }

  #serve(timeoutMs: number): void {
    const handle = (req: IncomingMessage, res: ServerResponse): void => {
      try {
        this.#handle(req, res);
      } catch (error) {
        this.#failed(error, res);
      }
    };
    this.#server
      .on(this.#http.connectionEvent, (socket: Socket) => this.#connections.opened(socket))
      .on('request', handle)
      .on('checkContinue', handle)
      .on('checkExpectation', (_req, res: ServerResponse) => sendError(res, EXPECTATION_FAILED))
      .on('clientError', (error, socket) => answerClientError(error, socket, this.#connections))
      // A client that has not taken what waits for it all that time holds an upstream's answer for nothing.
      .setTimeout(timeoutMs, (socket) => {
        if (socket.writableLength > 0) socket.destroy();
      });
  }

  #handle(req: IncomingMessage, res: ServerResponse): void {
    const fault = this.#faultOf(req);
    if (fault !== undefined) {
      this.#connections.begin(res);
      sendError(res, fault);
      return;
    }
    const target = req.url ?? '';
    const route = this.#router.match(target);
    if (route === undefined) {
      this.#connections.begin(res);
      if (target === '/' || target === '/healthz') sendHealth(res);
      else sendError(res, notFound(this.#router.basePaths));
      return;
    }
    const refusal = this.#doorkeeper?.admit(req, route.upstream.name);
    if (refusal === undefined) this.#pass(route, req, res);
    else void this.#passUnless(refusal, route, req, res);
  }

  #faultOf({ socket, rawHeaders }: IncomingMessage): GatewayError | undefined {
    if (this.#connections.isCrowded(socket)) return TOO_MANY_UNANSWERED;
    return hasSeveralHosts(rawHeaders) ? SEVERAL_HOSTS : undefined;
  }

  async #passUnless(
    refusal: Promise<GatewayError | undefined>,
    route: Route,
    req: IncomingMessage,
    res: ServerResponse,
  ): Promise<void> {
    this.#connections.begin(res);
    const error = await refusal;
    if (res.destroyed || req.socket.destroyed) return;
    try {
      if (error !== undefined) sendError(res, error);
      else if (this.#draining) sendError(res, SHUTTING_DOWN);
      else this.#pass(route, req, res);
    } catch (cause) {
      this.#failed(cause, res);
    }
  }

  #failed(error: unknown, res: ServerResponse): void {
    this.#options.logger.error('The gateway failed to handle a request', { error: messageOf(error) });
    sendError(res, INTERNAL);
  }

  #pass(route: Route, req: IncomingMessage, res: ServerResponse): void {
    const exchange = new Exchange(this.#ports, route, req, res);
    this.#exchanges.add(exchange);
    this.#connections.begin(res, exchange);
    exchange.run();
  }
}

function sendHealth(res: ServerResponse): void {
  res.writeHead(200, ['content-type', 'text/plain; charset=utf-8', 'content-length', '3']);
  res.end('ok\n');
}
