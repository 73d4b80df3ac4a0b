import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Something that wants to know when the client's connection closes. */
export interface ConnectionUser {
  clientGone(): void;
}

/**
 * Requests that may wait on one connection for their answers (pipelining, which no SDK does). Without a bound, a megabyte
 * of them would open ten thousand connections to the upstream.
 */
const MOST_UNANSWERED = 32;

interface RunningRequest {
  readonly res: ServerResponse;
  readonly user: ConnectionUser | undefined;
}

/** The clients' connections and what runs on each, so that idle ones can be told from busy ones. */
export class Connections {
  /** What runs is an array for the reason that {@link Running} has. */
  readonly #sockets = new Map<Socket, RunningRequest[]>();
  readonly #upgraded = new WeakSet<Socket>();
  #draining = false;

  /** From now on connections are closed as soon as nothing runs on them. */
  drain(): void {
    this.#draining = true;
    for (const [socket, running] of this.#sockets) {
      if (running.length === 0 && !this.#upgraded.has(socket)) socket.destroy();
    }
  }

  opened(socket: Socket): void {
    if (this.#sockets.has(socket)) return;
    const running: RunningRequest[] = [];
    this.#sockets.set(socket, running);
    socket.once('close', () => {
      this.#sockets.delete(socket);
      for (const { user } of running) user?.clientGone();
    });
  }

  /** A request came; it runs until its answer is sent or its connection closes. */
  begin(res: ServerResponse, user?: ConnectionUser): void {
    const { socket } = res.req;
    const running = this.#sockets.get(socket);
    if (running === undefined) {
      user?.clientGone();
      return;
    }
    const request = { res, user };
    running.push(request);
    res.once('finish', () => {
      running.splice(running.indexOf(request), 1);
      if (this.#draining && running.length === 0) socket.destroySoon();
    });
  }

  /** From now on the connection carries a WebSocket, and is busy until it closes. */
  upgraded(socket: Socket): void {
    this.#upgraded.add(socket);
  }

  /** Whether a request that came on this connection is not answered yet. */
  busy(socket: Socket): boolean {
    return (this.#sockets.get(socket)?.length ?? 0) > 0;
  }

  /** Whether so many requests wait here for their answers that no more are taken. */
  isCrowded(socket: Socket): boolean {
    return (this.#sockets.get(socket)?.length ?? 0) >= MOST_UNANSWERED;
  }

  /** Whether an error may be written to this connection: requests can come on it, and no answer to one has begun. */
  mayAnswer(socket: Socket): boolean {
    const running = this.#sockets.get(socket);
    return running !== undefined && !running.some(({ res }) => res.headersSent);
  }

  destroyAll(): void {
    for (const socket of this.#sockets.keys()) socket.destroy();
  }
}
