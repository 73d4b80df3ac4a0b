import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** Names the entry of `gateway.keys` that it belongs to, so that one hash needs to be compared with. */
const KEY = /^pm_([a-z0-9][a-z0-9-]{0,39})_[A-Za-z0-9_-]{43}$/;
const HASH = /^\$scrypt\$ln=(\d+),r=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

/** 32 MB and some 100 ms for each check of a key that was not seen before. */
const LOG_N = 15;
const R = 8;
const P = 1;
const HASH_BYTES = 32;
const SALT_BYTES = 16;

export interface NewKey {
  /** For its holder; kept nowhere. */
  readonly key: string;
  /** For promptmeter.yaml. */
  readonly hash: string;
}

/** A key of 256 random bits and its hash. */
export async function createKey(name: string): Promise<NewKey> {
  const key = `pm_${name}_${randomBytes(32).toString('base64url')}`;
  return { key, hash: await hashKey(key) };
}

/** The name that a key bears, undefined for what is no key of the gateway. */
export function nameIn(key: string): string | undefined {
  return KEY.exec(key)?.[1];
}

async function hashKey(key: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive(key, salt, { N: 2 ** LOG_N, r: R, p: P }, HASH_BYTES);
  return `$scrypt$ln=${LOG_N},r=${R},p=${P}$${text(salt)}$${text(hash)}`;
}

/** Whether the hash is of this key. Off the event loop; in the same time wherever they differ. */
export async function isHashOf(key: string, hash: string): Promise<boolean> {
  const [, ln, r, p, salt = '', known = ''] = HASH.exec(hash) ?? [];
  const expected = Buffer.from(known, 'base64');
  if (expected.length === 0) return false;
  const cost = { N: 2 ** Number(ln), r: Number(r), p: Number(p) };
  const actual = await derive(key, Buffer.from(salt, 'base64'), cost, expected.length);
  return timingSafeEqual(actual, expected);
}

interface Cost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

function derive(key: string, salt: Buffer, { N, r, p }: Cost, length: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // Node.js allows 32 MB unless told, and these parameters need a little more.
    scrypt(key, salt, length, { N, r, p, maxmem: 256 * N * r }, (error, derived) => {
      if (error === null) resolve(derived);
      else reject(error);
    });
  });
}

/** Base64 without padding, as in the PHC string format. */
function text(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}
