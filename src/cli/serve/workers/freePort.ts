import { createServer } from 'node:net';
import { once } from 'node:events';

/** A port that is free on this address, so that workers that come and go can share one that stays. */
export async function freePort(host: string): Promise<number> {
  const server = createServer().listen(0, host);
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}
