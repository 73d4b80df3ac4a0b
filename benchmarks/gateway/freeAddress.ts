import { createServer } from 'node:net';
import { serveAt } from './serveAt.js';

/** The URL of a port that was free a moment ago, for programs that can't pick one themselves. */
export async function freeAddress(): Promise<string> {
  const server = createServer();
  const url = await serveAt(server);
  await new Promise((resolve) => server.close(resolve));
  return url;
}
