import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

/** Room for what comes of a stream in one turn, mostly. */
const ROOM = 16 * 1024;

/**
 * Makes one chunk of HTTP/1.1 of several pieces. A socket mostly hands what is written over to the system at once; then
 * the memory is free for the next chunk, of whichever answer.
 */
export class ChunkFrame {
  #room = Buffer.allocUnsafeSlow(ROOM);

  /** Returns what the socket's `write` does. */
  write(socket: Socket, pieces: readonly Buffer[]): boolean {
    let length = 0;
    for (const piece of pieces) length += piece.length;
    // Such a chunk would end the answer.
    if (length === 0) return !socket.writableNeedDrain;
    const size = `${length.toString(16)}\r\n`;
    const whole = size.length + length + 2;
    const mayReuse = whole <= ROOM && isThrough(socket);
    const chunk = mayReuse ? this.#room.subarray(0, whole) : Buffer.allocUnsafe(whole);
    let at = 0;
    // One by one, since a call out of JavaScript takes longer than so few bytes.
    for (; at < size.length; at += 1) chunk[at] = size.charCodeAt(at);
    for (const piece of pieces) {
      chunk.set(piece, at);
      at += piece.length;
    }
    chunk[at] = 0x0d;
    chunk[at + 1] = 0x0a;
    const taken = socket.write(chunk);
    if (mayReuse && !isThrough(socket)) this.#room = Buffer.allocUnsafeSlow(ROOM);
    return taken;
  }
}

/** Whether everything that was written was handed over, and what is written next would be at once. TLS takes its time. */
function isThrough(socket: Socket): boolean {
  return socket.writableLength === 0 && socket.writableCorked === 0 && !(socket instanceof TLSSocket);
}
