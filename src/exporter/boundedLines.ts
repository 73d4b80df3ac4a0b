import type { RequestListener } from 'node:http';
import type { Socket } from 'node:net';

/** Requests that may wait on one connection for their answers (pipelining, which no scraper does). */
const MOST_UNANSWERED = 32;
const BODY = JSON.stringify({
  error: { code: 'too_many_unanswered', message: 'wait for some answers before you ask for more on this connection' },
});

/** Hands requests on, unless too many wait before them on their connection, which is closed then. */
export function boundedLines(app: RequestListener): RequestListener {
  const waiting = new WeakMap<Socket, number>();
  const add = (socket: Socket, change: number): number => {
    const sum = (waiting.get(socket) ?? 0) + change;
    waiting.set(socket, sum);
    return sum;
  };
  return (request, response) => {
    const { socket } = request;
    response.once('close', () => add(socket, -1));
    if (add(socket, 1) <= MOST_UNANSWERED) app(request, response);
    else response.writeHead(429, { 'content-type': 'application/json', connection: 'close' }).end(BODY);
  };
}
