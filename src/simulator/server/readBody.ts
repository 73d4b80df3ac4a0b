import type { IncomingMessage } from 'node:http';
import { bodyTooLarge } from '../ApiError.js';

/** The limit of the API for a request, in bytes. */
export const MOST_BODY_BYTES = 50 * 1024 * 1024;

/** The whole body. Throws an ApiError of 413 when it is larger than allowed, and what the socket throws when it breaks. */
export async function readBody(request: IncomingMessage, most = MOST_BODY_BYTES): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = Number(request.headers['content-length'] ?? 0) > most ? Infinity : 0;
  if (size <= most) {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      if (!Buffer.isBuffer(chunk)) continue;
      size += chunk.length;
      if (size > most) break;
      chunks.push(chunk);
    }
  }
  if (size <= most) return Buffer.concat(chunks);
  // What still comes is thrown away, so that the client gets to read the answer.
  request.resume();
  throw bodyTooLarge(most);
}
