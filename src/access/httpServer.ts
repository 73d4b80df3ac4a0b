import { createServer, type Server, type ServerOptions } from 'node:http';
import { createServer as createTlsServer } from 'node:https';

/** Certificate and key of a server, as PEM. */
export interface Tls {
  readonly cert: string;
  readonly key: string;
  /** Clients must show a certificate that one of these has signed. Absent: they need none. */
  readonly clientCa?: string | undefined;
}

export interface HttpServer {
  readonly server: Server;
  readonly scheme: 'http' | 'https';
  /** What the server emits for each connection that requests can come on. */
  readonly connectionEvent: 'connection' | 'secureConnection';
  /**
   * New connections get this certificate. Of no effect on a server that was made without.
   * @throws Error when certificate and key don't belong together.
   */
  renewTls(tls: Tls): void;
}

/** Time for a handshake, in milliseconds. */
const HANDSHAKE_MS = 10_000;

/**
 * An HTTP server, over TLS 1.2 or newer when there is a certificate.
 * @throws Error when certificate and key don't belong together.
 */
export function createHttpServer(options: ServerOptions, tls: Tls | undefined): HttpServer {
  if (tls === undefined) {
    const server = allHeaders(createServer(options));
    return { server, scheme: 'http', connectionEvent: 'connection', renewTls: () => undefined };
  }
  const mutual = tls.clientCa !== undefined;
  const server = allHeaders(
    createTlsServer({
      ...options,
      ...contextOf(tls),
      minVersion: 'TLSv1.2',
      handshakeTimeout: HANDSHAKE_MS,
      requestCert: mutual,
      rejectUnauthorized: mutual,
    }),
  );
  return {
    server,
    scheme: 'https',
    connectionEvent: 'secureConnection',
    renewTls: (next) => server.setSecureContext(contextOf(next)),
  };
}

/**
 * Bounds headers by their bytes alone. By their number, Node.js before 22.23.2 and 24.18.1 leaves out those past it and
 * says nothing (CVE-2026-58044), so that a length or a key could be hidden behind two thousand others.
 */
function allHeaders<S extends Server>(server: S): S {
  server.maxHeadersCount = 0;
  return server;
}

function contextOf({ cert, key, clientCa }: Tls): { cert: string; key: string; ca?: string } {
  return { cert, key, ...(clientCa !== undefined && { ca: clientCa }) };
}
