import type { Tls } from '../access/httpServer.js';
import type { GatewayAccess } from './keys/Doorkeeper.js';
import type { AIPerformanceMonitor } from '../monitor/AIPerformanceMonitor.js';
import type { Logger } from '../monitor/Logger.js';
import type { MetricsReporter } from '../monitor/MetricsReporter.js';

/** A server that speaks OpenAI's API: where it is, and the `provider` that its calls are counted for. */
export interface GatewayUpstream {
  /** Small letters, digits and `-`. */
  readonly name: string;
  /** An http or https URL, usually ending in `/v1`; what follows `/v1` in a request is put behind its path. */
  readonly baseUrl: string;
}

/** In milliseconds: a client must not hold a connection by sending drop by drop. */
export interface ClientTimeouts {
  /** Until the headers of a request are whole, from the connection's or the last answer's end on. */
  readonly headersMs: number;
  /** Until all of a request is there. At least `headersMs`. */
  readonly requestMs: number;
  /** How often is looked. */
  readonly checkMs: number;
}

export interface GatewayOptions {
  /** Address to bind to. */
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  /** Answers `/v1/*`. */
  readonly defaultUpstream: GatewayUpstream;
  /** Each answers `/<name>/v1/*`. */
  readonly upstreams: readonly GatewayUpstream[];
  /** Whether to ask for usage in streams whose client did not ask, and to take the extra chunk out again. */
  readonly usageInStreams: boolean;
  /** Seconds that an upstream may stay silent, before its answer or within it. Above 0. */
  readonly timeoutSeconds: number;
  /** Largest JSON body of a measured operation, in bytes. Other bodies are passed on without being held. */
  readonly maxBodyBytes: number;
  /** Connections of clients at once; more are closed as they come. */
  readonly maxConnections: number;
  /** Label names whose `x-promptmeter-<label>` request headers are counted for. */
  readonly attributionLabels: readonly string[];
  /** How long clients may take to send. */
  readonly clientTimeouts?: ClientTimeouts | undefined;
  /** Absent: HTTP without TLS. */
  readonly tls?: Tls | undefined;
  /** Who may call. Absent: whoever reaches the address, with a key of their own. */
  readonly access?: GatewayAccess | undefined;
  readonly monitor: AIPerformanceMonitor;
  readonly logger: Logger;
  /** Gets the time that the gateway itself adds to a call. */
  readonly reporter?: Pick<MetricsReporter, 'trackTiming'> | undefined;
  /**
   * Whether a call is measured as soon as it ends, for a process that may be killed without its metrics. Otherwise that is
   * done when all that came in the same turn of the event loop was passed on, for one call after the other, which takes
   * far less processor time than in between.
   */
  readonly measuresAtOnce?: boolean | undefined;
}

export interface Gateway {
  /**
   * Begins to accept calls.
   * @throws MissingServiceError when the port is in use or the address can't be bound.
   */
  listen(): Promise<{ readonly url: string; readonly port: number }>;
  /**
   * Accepts no more calls, lets those that run finish for up to `drainMs` milliseconds, then cuts them. Every call
   * is recorded when it resolves. May be called again to cut sooner.
   */
  close(drainMs: number): Promise<void>;
  /** From the next request on these may call. Of no effect on a gateway that was made without `access`. */
  renewAccess(access: GatewayAccess): void;
  /** New connections get this certificate. Of no effect on a gateway that was made without `tls`. */
  renewTls(tls: Tls): void;
}
