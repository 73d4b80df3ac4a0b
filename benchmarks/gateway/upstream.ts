import { createServer, type Socket } from 'node:net';
import { APART, APART_MS, EVENTS, EVENTS_WITH_USAGE, JSON_ANSWER, STREAM_HEAD } from './answers.js';
import { serveAt } from './serveAt.js';

/**
 * The API without any delay: looks at a request only as far as it must to know where it ends and what it asks for. Each
 * event of a stream is a write of its own, in a turn of its own.
 */
export async function upstream(): Promise<string> {
  return await serveAt(createServer({ noDelay: true }, (socket) => answerAll(socket)));
}

function answerAll(socket: Socket): void {
  let pending: Buffer = Buffer.alloc(0);
  socket.on('error', () => socket.destroy());
  socket.on('data', (bytes: Buffer) => {
    pending = pending.length === 0 ? bytes : Buffer.concat([pending, bytes]);
    for (let end = requestEnd(pending); end !== -1; end = requestEnd(pending)) {
      answer(socket, pending.subarray(0, end));
      pending = pending.subarray(end);
    }
  });
}

/** Where the first request ends; -1 while it is not whole. */
export function requestEnd(bytes: Buffer): number {
  const headEnd = bytes.indexOf('\r\n\r\n');
  if (headEnd === -1) return -1;
  const head = bytes.toString('latin1', 0, headEnd);
  const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
  if (length === undefined && /\r\ntransfer-encoding: chunked/i.test(head)) {
    const last = bytes.indexOf('\r\n0\r\n\r\n', headEnd);
    return last === -1 ? -1 : last + 7;
  }
  const end = headEnd + 4 + Number(length ?? 0);
  return bytes.length < end ? -1 : end;
}

function answer(socket: Socket, request: Buffer): void {
  if (request.indexOf('"stream":true') === -1) {
    socket.write(JSON_ANSWER);
    return;
  }
  socket.write(STREAM_HEAD);
  const events = request.indexOf('"include_usage":true') === -1 ? EVENTS : EVENTS_WITH_USAGE;
  const apart = request.includes(APART);
  let at = 0;
  const next = (): void => {
    const event = events[at];
    at += 1;
    if (event === undefined || socket.destroyed) return;
    socket.write(event);
    if (apart) setTimeout(next, APART_MS);
    else setImmediate(next);
  };
  next();
}
