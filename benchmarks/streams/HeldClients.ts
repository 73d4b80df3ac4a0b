import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { REQUESTS } from '../gateway/answers.js';

const LF = 0x0a;

/** Clients with a connection each, that count the events they get. */
export class HeldClients {
  readonly #clients: { readonly socket: Socket; events: number; afterLf: boolean }[] = [];

  async connect(url: string, number: number): Promise<void> {
    const { hostname, port } = new URL(url);
    for (let each = 0; each < number; each += 1) {
      const socket = connect({ host: hostname, port: Number(port), noDelay: true });
      const client = { socket, events: 0, afterLf: false };
      socket.on('data', (bytes: Buffer) => {
        for (const byte of bytes) {
          if (byte === LF && client.afterLf) client.events += 1;
          client.afterLf = byte === LF;
        }
      });
      this.#clients.push(client);
      await once(socket, 'connect');
    }
  }

  /** Each asks for a stream. */
  ask(): void {
    for (const client of this.#clients) {
      client.events = 0;
      client.socket.write(REQUESTS.stream);
    }
  }

  /** Resolves when each has got that many events since it asked. */
  async got(events: number): Promise<void> {
    while (this.#clients.some((client) => client.events < events)) {
      if (this.#clients.some(({ socket }) => socket.destroyed)) throw new Error('a stream broke off');
      await wait(20);
    }
  }

  stop(): void {
    for (const { socket } of this.#clients) socket.destroy();
  }
}
