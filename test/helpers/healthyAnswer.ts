import type { Socket } from 'node:net';
import type { ApiCall } from './apiAnswers.js';
import { chunk, head, LAST_CHUNK, type RawRequest } from './rawUpstream.js';

/** A healthy answer in pieces, so that a fault can be put between them. */
export interface HealthyAnswer {
  readonly head: Buffer;
  /** The body's pieces as they go over the wire. */
  readonly pieces: readonly Buffer[];
  readonly end: Buffer;
}

/** What a healthy upstream answers to this request: streams in chunks, JSON with its length. */
export function healthyAnswer(call: ApiCall, request: RawRequest): HealthyAnswer {
  const asked = request.body.includes('"include_usage":true');
  const pieces = call.pieces(asked).map((piece) => Buffer.from(piece));
  const framing: [string, string] = call.stream
    ? ['transfer-encoding', 'chunked']
    : ['content-length', String(pieces.reduce((sum, piece) => sum + piece.length, 0))];
  return {
    head: head('200 OK', [['Content-Type', call.contentType], ['X-Request-Id', 'req_1'], framing]),
    pieces: call.stream ? pieces.map(chunk) : pieces,
    end: call.stream ? LAST_CHUNK : Buffer.alloc(0),
  };
}

/** Writes what was written so far out to the network, so that what comes next is another packet. */
export async function flushed(socket: Socket, bytes: Uint8Array): Promise<void> {
  await new Promise<void>((resolve) => {
    socket.write(bytes, () => setTimeout(resolve, 5));
  });
}
