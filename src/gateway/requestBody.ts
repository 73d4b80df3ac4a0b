import type { IncomingMessage } from 'node:http';
import { PassThrough, type Readable } from 'node:stream';

export type BodyRead =
  { readonly kind: 'whole'; readonly bytes: Buffer } | { readonly kind: 'too_large' } | { readonly kind: 'cut' };

/** Whether a body follows the headers. */
export function hasBody(req: IncomingMessage): boolean {
  const length = req.headers['content-length'];
  return req.headers['transfer-encoding'] !== undefined || (length !== undefined && Number(length) > 0);
}

/** Whether the body says of itself that it is larger than this. */
export function declaresMoreThan(req: IncomingMessage, maxBytes: number): boolean {
  return Number(req.headers['content-length'] ?? 0) > maxBytes;
}

/** What curl and others say of JSON when nobody tells them to say more. */
const MAY_BE_JSON = /\bjson\b|^\s*text\/plain\b|\bx-www-form-urlencoded\b/i;

/** Whether the body can be JSON as far as its headers tell. */
export function maybeJson(req: IncomingMessage): boolean {
  const type = req.headers['content-type'];
  return req.headers['content-encoding'] === undefined && (type === undefined || MAY_BE_JSON.test(type));
}

/** Reads a whole body and calls `done` once. What is too large is read on to nowhere, so that the answer arrives. */
export function readBody(req: IncomingMessage, maxBytes: number, done: (read: BodyRead) => void): void {
  const chunks: Buffer[] = [];
  let length = 0;
  let isDone = false;
  const finish = (read: BodyRead): void => {
    if (isDone) return;
    isDone = true;
    done(read);
  };
  req
    .on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= maxBytes) chunks.push(chunk);
      else finish({ kind: 'too_large' });
    })
    .on('end', () => {
      const [only] = chunks;
      finish({ kind: 'whole', bytes: only !== undefined && chunks.length === 1 ? only : Buffer.concat(chunks) });
    })
    .on('close', () => finish({ kind: 'cut' }));
}

/**
 * The body as a stream for the upstream, held back as the upstream asks. It breaks off when the client's does; when
 * the upstream wants no more of it, the rest is read to nowhere, so that the client gets to reading the answer.
 */
export function passOnBody(req: IncomingMessage): Readable {
  const body = new PassThrough();
  req.on('close', () => {
    if (!req.complete) body.destroy(new Error('the client broke off its request'));
  });
  body.on('error', () => undefined);
  body.on('close', () => req.resume());
  return req.pipe(body);
}
