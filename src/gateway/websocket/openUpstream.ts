import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import type { RawHeaders } from '../headers.js';

/** Longest wait for an upstream to open a WebSocket. */
const HANDSHAKE_MS = 30_000;

export interface UpgradeRequest {
  /** Scheme, host and port of the upstream. */
  readonly origin: string;
  readonly path: string;
  readonly headers: RawHeaders;
  readonly timeoutMs: number;
}

/** Told once how the upstream answers. */
export interface UpgradeHandler {
  opened(answer: IncomingMessage, socket: Socket, head: Buffer): void;
  /** It answered with something else, whose body is still to be read. */
  refused(answer: IncomingMessage): void;
  /** No answer came. */
  failed(error: Error): void;
}

/** Asks an upstream for a WebSocket on a connection of its own. Returns what gives the request up. */
export function openUpstream(request: UpgradeRequest, handler: UpgradeHandler): () => void {
  const { origin, path, headers, timeoutMs } = request;
  const { request: send } = origin.startsWith('https:') ? https : http;
  const sent = send(origin, { path, headers, agent: false });
  const timer = setTimeout(() => sent.destroy(handshakeTimeout()), Math.min(HANDSHAKE_MS, timeoutMs));
  const done = (): void => clearTimeout(timer);
  sent
    .on('upgrade', (answer, socket, head) => {
      done();
      handler.opened(answer, socket, head);
    })
    .on('response', (answer) => {
      done();
      handler.refused(answer);
    })
    .on('error', (error) => {
      done();
      handler.failed(error);
    })
    .end();
  return () => {
    done();
    sent.destroy();
  };
}

function handshakeTimeout(): Error {
  return Object.assign(new Error('no answer came in time'), { code: 'ETIMEDOUT' });
}
