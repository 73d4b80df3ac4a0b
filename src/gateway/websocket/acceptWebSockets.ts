import type { IncomingMessage, Server } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import type { Connections } from '../Connections.js';
import { BODY_WITH_UPGRADE, notFound } from '../errors.js';
import type { ExchangePorts, RunningExchange } from '../ExchangePorts.js';
import type { Router } from '../route.js';
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
  const { router, connections, exchanges, exchangePorts } = ports;
  connections.upgraded(socket);
  const route = router.match(req.url ?? '');
  if (route === undefined) sendRawError(socket, notFound(router.basePaths));
  else if (hasBodyToo(req)) sendRawError(socket, BODY_WITH_UPGRADE);
  else {
    const exchange = new SocketExchange(exchangePorts, route, req, socket, head);
    exchanges.add(exchange);
    exchange.run();
  }
}
