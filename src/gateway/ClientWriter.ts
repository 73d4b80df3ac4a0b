import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { ChunkFrame } from './ChunkFrame.js';

const frame = new ChunkFrame();

/** In bytes; Node.js needs no memory of its own to send a text of this size. */
const MOST_AS_TEXT = 8 * 1024;

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
    const taken = socket === undefined ? this.res.write(joined(pieces)) : this.#frame(socket, pieces);
    this.#begun = true;
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
    if (pieces.length === 0) {
      res.end();
    } else if (socket === undefined) {
      this.#endWith(joined(pieces));
    } else {
      socket.cork();
      this.#frame(socket, pieces);
      res.end();
    }
  }

  /** Node.js makes one text of the head and a small body, but hands the bytes of one to the system as a part of their own. */
  #endWith(body: Buffer): void {
    const { res } = this;
    const { socket } = res;
    if (socket === null || res.chunkedEncoding || body.length > MOST_AS_TEXT) {
      res.end(body);
      return;
    }
    // Uncorked before the end, which would count as one more part.
    socket.cork();
    res.write(body.toString('latin1'), 'latin1');
    socket.uncork();
    res.end();
  }

  /** Frames a chunk and writes it, behind the head if that is not sent yet. */
  #frame(socket: Socket, pieces: readonly Buffer[]): boolean {
    if (this.#begun) return frame.write(socket, pieces);
    socket.cork();
    this.sendHead();
    const taken = frame.write(socket, pieces);
    socket.uncork();
    return taken;
  }

  /** The socket, if a chunk is to be framed here: the answer has its turn on the connection. */
  #framed(): Socket | undefined {
    return this.res.chunkedEncoding ? (this.res.socket ?? undefined) : undefined;
  }
}

function joined(pieces: readonly Buffer[]): Buffer {
  const [first] = pieces;
  return first !== undefined && pieces.length === 1 ? first : Buffer.concat(pieces);
}
