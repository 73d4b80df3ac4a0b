import type { ServerResponse } from 'node:http';
import { TLSSocket } from 'node:tls';
import { codeOf } from './upstreamError.js';

/**
 * Breaks an answer off so that the client can't take it for whole: what came is sent, then the connection is closed
 * without the answer's end, or reset as the upstream's was. Without chunks or a length only a reset tells of a cut.
 */
export function breakOff(res: ServerResponse, error: unknown, lengthIsTold: boolean): void {
  const { socket } = res;
  if (socket === null) {
    res.destroy();
    return;
  }
  const reset = codeOf(error) === 'ECONNRESET' || !(lengthIsTold || res.chunkedEncoding);
  // An empty write is done when all before it are.
  socket.write('', () => {
    // Under TLS an end without its own farewell tells as much.
    if (reset && !(socket instanceof TLSSocket)) socket.resetAndDestroy();
    else socket.destroy();
  });
}
