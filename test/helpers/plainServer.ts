import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

export interface PlainServer {
  readonly port: number;
  close(): Promise<void>;
}

/** A server that answers the first bytes that come, whatever they are, and closes the connection. */
export async function startPlainServer(answer: string | Buffer): Promise<PlainServer> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined).once('data', () => socket.end(answer));
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
