import type { ServerResponse } from 'node:http';

/**
 * Writes the body of an answer to the client with one system call a piece. Node.js makes four parts of a chunk and hands
 * them to the system together, which takes twice the time; so a chunk is framed here and written to the socket itself.
 */
export class ClientWriter {
  #begun = false;

  constructor(private readonly res: ServerResponse) {}

  /** Sends the head of the answer now, unless its body has begun. Its bytes stay what they are, unlike by `flushHeaders`. */
  sendHead(): void {
    if (!this.#begun) this.res.write('', 'latin1');
    this.#begun = true;
  }

  /** False when the client is slow to take what was written; `onDrain` is called once it took all of it. */
  write(bytes: Buffer, onDrain: () => void): boolean {
    const { res } = this;
    const { socket } = res;
    // Without chunks there is nothing to save; before its turn on a connection an answer has no socket.
    const target = this.#begun && res.chunkedEncoding && socket !== null ? socket : res;
    const taken = target.write(target === res ? bytes : framed(bytes));
    if (!taken) target.once('drain', onDrain);
    this.#begun = true;
    return taken;
  }

  /** From here on everything up to `res.end()` goes out together. */
  holdToEnd(): void {
    if (this.#begun) this.res.socket?.cork();
  }
}

/** The bytes as one chunk of HTTP/1.1. */
function framed(bytes: Buffer): Buffer {
  const size = bytes.length.toString(16);
  const chunk = Buffer.allocUnsafe(size.length + bytes.length + 4);
  chunk.write(`${size}\r\n`, 0, 'latin1');
  bytes.copy(chunk, size.length + 2);
  chunk.write('\r\n', chunk.length - 2, 'latin1');
  return chunk;
}
