import type { ServerResponse } from 'node:http';

const LINE_END = Buffer.from('\r\n');

/**
 * Writes the body of an answer to the client with one system call a piece. Node.js makes four parts of a chunk and hands
 * them to the system together, which takes twice the time; so a chunk is framed here and written to the socket itself.
 */
export class ClientWriter {
  #headSent = false;

  constructor(private readonly res: ServerResponse) {}

  /** False when the client is slow to take what was written; `onDrain` is called once it took all of it. */
  write(bytes: Buffer, onDrain: () => void): boolean {
    const { res } = this;
    const { socket } = res;
    // Without chunks there is nothing to save; before its turn on a connection an answer has no socket.
    if (socket === null || !res.chunkedEncoding) {
      const taken = res.write(bytes);
      if (!taken) res.once('drain', onDrain);
      return taken;
    }
    const taken = this.#headSent ? socket.write(framed(bytes)) : this.#writeFirst(bytes);
    if (!taken) socket.once('drain', onDrain);
    return taken;
  }

  #writeFirst(bytes: Buffer): boolean {
    const { res } = this;
    this.#headSent = true;
    res.socket?.cork();
    res.flushHeaders();
    const taken = res.socket?.write(framed(bytes)) ?? true;
    res.socket?.uncork();
    return taken;
  }
}

/** The bytes as one chunk of HTTP/1.1. */
function framed(bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`, 'latin1'), bytes, LINE_END]);
}
