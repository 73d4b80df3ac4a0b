import type { Server } from 'node:net';

/** How often whoever runs the server is told that connections are refused, in milliseconds. */
const TELL_EVERY_MS = 60_000;

/**
 * Closes every connection past `most` at once, those in a TLS handshake included. Not `server.maxConnections`, since of
 * several processes that share a port each would hand what it doesn't take on to the next, for ever.
 * @param refuses is told with the first connection that is closed, and then once a minute at most
 */
export function boundConnections(server: Server, most: number, refuses: () => void): void {
  let open = 0;
  let toldAt = -Infinity;
  server.prependListener('connection', (socket) => {
    if (open >= most) {
      socket.destroy();
      if (performance.now() - toldAt < TELL_EVERY_MS) return;
      toldAt = performance.now();
      refuses();
      return;
    }
    open += 1;
    socket.once('close', () => {
      open -= 1;
    });
  });
}
