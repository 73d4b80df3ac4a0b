import { createServer, type Server, type Socket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { EVENTS_WITH_USAGE, STREAM_HEAD } from '../gateway/answers.js';
import { serveAt } from '../gateway/serveAt.js';
import { requestEnd } from '../gateway/upstream.js';

/** An API that begins a stream for each request and goes on with all of them as it is told. */
export class HeldUpstream {
  #streams: Socket[] = [];
  readonly #server: Server;

  constructor() {
    this.#server = createServer({ noDelay: true }, (socket) => {
      let request: Buffer = Buffer.alloc(0);
      socket.on('error', () => socket.destroy());
      socket.on('data', (bytes: Buffer) => {
        request = Buffer.concat([request, bytes]);
        if (requestEnd(request) === -1) return;
        request = Buffer.alloc(0);
        socket.write(STREAM_HEAD);
        this.#streams.push(socket);
      });
    });
  }

  async start(): Promise<string> {
    return await serveAt(this.#server);
  }

  /** Streams under way. */
  get streams(): number {
    return this.#streams.length;
  }

  /** Sends that many more chunks of each stream, one a turn. */
  async send(chunks: number): Promise<void> {
    for (let chunk = 0; chunk < chunks; chunk += 1) {
      const event = EVENTS_WITH_USAGE[chunk % (EVENTS_WITH_USAGE.length - 1)];
      for (const socket of this.#streams) if (event !== undefined) socket.write(event);
      await turn();
    }
  }

  /** Ends all streams. */
  finish(): void {
    for (const socket of this.#streams) socket.write(EVENTS_WITH_USAGE.at(-1) ?? '');
    this.#streams = [];
  }

  stop(): void {
    this.#server.close();
  }
}
