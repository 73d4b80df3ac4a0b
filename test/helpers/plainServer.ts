import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

export interface PlainServer {
  readonly port: number;
  close(): Promise<void>;
}

/** A server that answers whatever comes in plain HTTP, as one does that is called with TLS by mistake. */
export async function startPlainServer(): Promise<PlainServer> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined).once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      server.close();
      await once(server, 'close');
    },
  };
}
