import zlib from 'node:zlib';
import { Transform } from 'node:stream';

/** Makes what decodes a stream of this `content-encoding`; undefined for one that this Node.js can't decode. */
export function createDecoder(encoding: string): Transform | undefined {
  switch (encoding.trim().toLowerCase()) {
    case 'gzip':
    case 'x-gzip':
      return zlib.createGunzip();
    case 'br':
      return zlib.createBrotliDecompress();
    case 'deflate':
      return zlib.createInflate();
    case 'zstd':
      return createZstd();
    default:
      return undefined;
  }
}

/** Whether bytes with this header are as they stand. */
export function isIdentity(encoding: string | undefined): boolean {
  return encoding === undefined || encoding === '' || encoding.toLowerCase() === 'identity';
}

/** Node.js has it from 22.15. */
function createZstd(): Transform | undefined {
  const create: unknown = Reflect.get(zlib, 'createZstdDecompress');
  if (typeof create !== 'function') return undefined;
  const decoder: unknown = Reflect.apply(create, zlib, []);
  return decoder instanceof Transform ? decoder : undefined;
}
