import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { ChunkFrame } from './ChunkFrame.js';

const frame = new ChunkFrame();

/**
 * Writes the body of an answer to the client with one system call for all that came together. Node.js makes four parts
 * of a chunk and hands them to the system together, which takes twice the time; so chunks are framed here and written to
 * the socket itself.
 */
export class ClientWriter {
  #begun = false;
  #waits = false;

  /** @param drained called when a client that was slow took everything that was written */
  constructor(
    private readonly res: ServerResponse,
    private readonly drained: () => void,
  ) {}

  /** Sends the head of the answer now, unless its body has begun. Its bytes stay what they are, unlike by `flushHeaders`. */
  sendHead(): void {
    const { res } = this;
    if (!this.#begun && !res.writableEnded && !res.destroyed) res.write('', 'latin1');
    this.#begun = true;
  }

  /** False when the client is slow to take what was written. */
  write(pieces: readonly Buffer[]): boolean {
    const socket = this.#framed();
    this.#begun = true;
    const taken = socket === undefined ? this.res.write(joined(pieces)) : frame.write(socket, pieces);
    if (!taken && !this.#waits) {
      this.#waits = true;
      (socket ?? this.res).once('drain', () => {
        this.#waits = false;
        this.drained();
      });
    }
    return taken;
  }

  /** Writes the last pieces, if any, and ends the answer, all of it together. */
  end(pieces: readonly Buffer[], trailers: readonly [string, string][]): void {
    const { res } = this;
    const socket = this.#framed();
    if (trailers.length > 0 && res.chunkedEncoding) res.addTrailers(trailers);
    if (socket === undefined || pieces.length === 0) {
      res.end(pieces.length === 0 ? undefined : joined(pieces));
      return;
    }
    socket.cork();
    frame.write(socket, pieces);
    res.end();
  }

  /** The socket, if a chunk is to be framed here: the head is sent, and the answer has its turn on the connection. */
  #framed(): Socket | undefined {
    return this.#begun && this.res.chunkedEncoding ? (this.res.socket ?? undefined) : undefined;
  }
}

function joined(pieces: readonly Buffer[]): Buffer {
  const [first] = pieces;
  return first !== undefined && pieces.length === 1 ? first : Buffer.concat(pieces);
}
