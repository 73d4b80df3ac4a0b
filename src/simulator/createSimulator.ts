import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MissingServiceError, messageOf } from '../errors.js';
import { Bill, type PriceCall } from './Bill.js';
import { Control } from './faults/Control.js';
import { Ledger } from './Ledger.js';
import { SIMULATED_MODELS, type SimulatedModel } from './models.js';
import { PromptCache } from './PromptCache.js';
import { RateLimiter } from './RateLimiter.js';
import { acceptRealtime } from './realtime/acceptRealtime.js';
import { handle } from './server/handle.js';
import { Occurrences } from './server/Occurrences.js';

export interface SimulatorOptions {
  /** The address to listen on; 127.0.0.1 unless told otherwise, so that nobody else can reach it. */
  readonly host?: string;
  /** 0, the default, picks a free one. */
  readonly port?: number;
  /** The same requests get the same answers from the same seed: ids, texts, tokens, delays and faults. */
  readonly seed?: number;
  readonly models?: readonly SimulatedModel[];
  /** Divides every delay: 1 is the pace of the real service, Infinity is no delay. */
  readonly speed?: number;
  readonly ledger?: Ledger;
  /** What a call costs, in US dollars, for the bill of the organization costs endpoint; without it nothing is billed. */
  readonly price?: PriceCall | undefined;
  /** Milliseconds since 1970; ends incidents. */
  readonly now?: () => number;
}

export interface Simulator {
  /** Throws a MissingServiceError when the port can't be had. The URL has no path; the API is under /v1. */
  listen(): Promise<{ readonly url: string; readonly port: number }>;
  /** Ends every connection at once and goes on to listen. */
  dropConnections(): void;
  /** Ends every connection at once. */
  close(): Promise<void>;
  readonly control: Control;
  readonly ledger: Ledger;
}

const MOST_CONNECTIONS = 5000;
/** Longer than clients keep idle connections, so that none sends its next call into one that is being closed. */
const KEEP_ALIVE_MS = 75_000;

/** An OpenAI-compatible API that makes its answers up. Holds and logs nothing of what it is sent. */
export function createSimulator(options: SimulatorOptions = {}): Simulator {
  const { host = '127.0.0.1', port = 0, seed = 1, models = SIMULATED_MODELS, speed = 1 } = options;
  const ledger = options.ledger ?? new Ledger();
  const control = new Control(options.now);
  const service = {
    seed,
    speed,
    models,
    control,
    ledger,
    bill: new Bill(options.price, options.now),
    limiter: new RateLimiter(),
    cache: new PromptCache(),
    occurrences: new Occurrences(),
  };
  const server = createServer((request, response) => void handle(request, response, service));
  const endSessions = acceptRealtime(server, service);
  server.maxConnections = MOST_CONNECTIONS;
  server.keepAliveTimeout = KEEP_ALIVE_MS;

  return {
    control,
    ledger,
    listen: () =>
      new Promise((resolve, reject) => {
        const failed = (error: Error): void => {
          const remedy = 'choose another with --port, or 0 for any free one';
          const message = `the simulator can't listen on ${host}:${port} (${messageOf(error)}); ${remedy}`;
          reject(new MissingServiceError(message, { cause: error }));
        };
        server.once('error', failed);
        server.listen(port, host, () => {
          server.off('error', failed);
          const address = server.address();
          const actual = isAddress(address) ? address.port : port;
          resolve({ url: `http://${host.includes(':') ? `[${host}]` : host}:${actual}`, port: actual });
        });
      }),
    dropConnections: () => server.closeAllConnections(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
        endSessions();
      }),
  };
}

function isAddress(address: AddressInfo | string | null): address is AddressInfo {
  return typeof address === 'object' && address !== null;
}
