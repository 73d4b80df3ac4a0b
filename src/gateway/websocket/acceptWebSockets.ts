import type { IncomingMessage, Server } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import type { Connections } from '../Connections.js';
import { BODY_WITH_UPGRADE, notFound, SEVERAL_HOSTS, SHUTTING_DOWN, type GatewayError } from '../errors.js';
import type { ExchangePorts, RunningExchange } from '../ExchangePorts.js';
import { hasSeveralHosts } from '../hasSeveralHosts.js';
import type { Doorkeeper } from '../keys/Doorkeeper.js';
import type { Route, Router } from '../route.js';
import type { Running } from '../Running.js';
import { asksForWebSocket, hasBodyToo } from './handshake.js';
import { putBack } from './putBack.js';
import { sendRawError } from './sendRawError.js';
import { SocketExchange } from './SocketExchange.js';

export interface WebSocketPorts {
  readonly router: Router;
  readonly connections: Connections;
  readonly exchanges: Running<RunningExchange>;
  readonly exchangePorts: ExchangePorts;
  readonly doorkeeper: Doorkeeper | undefined;
}

/** Has the server pass WebSockets on. Requests that offer another protocol stay ordinary ones. */
export function acceptWebSockets(server: Server, ports: WebSocketPorts): void {
  server.on('upgrade', (req: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => undefined);
    if (!(socket instanceof Socket) || ports.connections.busy(socket)) {
      // Nothing may be written between the answers to requests that came before on the same connection.
      socket.destroy();
    } else if (asksForWebSocket(req)) {
      accept(req, socket, head, ports);
    } else {
      putBack(req, socket, head);
      server.emit(socket instanceof TLSSocket ? 'secureConnection' : 'connection', socket);
    }
  });
}

function accept(req: IncomingMessage, socket: Socket, head: Buffer, ports: WebSocketPorts): void {
  const { router, connections, doorkeeper } = ports;
  connections.upgraded(socket);
  const route = router.match(req.url ?? '');
  if (route === undefined) sendRawError(socket, notFound(router.basePaths));
  else if (hasSeveralHosts(req.rawHeaders)) sendRawError(socket, SEVERAL_HOSTS);
  else if (hasBodyToo(req)) sendRawError(socket, BODY_WITH_UPGRADE);
  else {
    const refusal = doorkeeper?.admit(req, route.upstream.name);
    if (refusal === undefined) pass(route, req, socket, head, ports);
    else void passUnless(refusal, () => pass(route, req, socket, head, ports), socket, ports);
  }
}

async function passUnless(
  refusal: Promise<GatewayError | undefined>,
  go: () => void,
  socket: Socket,
  { exchangePorts }: WebSocketPorts,
): Promise<void> {
  const error = await refusal;
  if (socket.destroyed) return;
  if (error !== undefined) sendRawError(socket, error);
  else if (exchangePorts.draining()) sendRawError(socket, SHUTTING_DOWN);
  else go();
}

function pass(
  route: Route,
  req: IncomingMessage,
  socket: Socket,
  head: Buffer,
  { exchanges, exchangePorts }: WebSocketPorts,
): void {
  const exchange = new SocketExchange(exchangePorts, route, req, socket, head);
  exchanges.add(exchange);
  exchange.run();
}
