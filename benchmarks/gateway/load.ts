import { connect, type Socket } from 'node:net';
import { REQUESTS, type Kind } from './answers.js';

/** What the load generator is to do. */
export interface LoadOrder {
  readonly url: string;
  /** Lines that stand in each request's head besides. */
  readonly headers?: string | undefined;
  readonly kind: Kind;
  readonly connections: number;
  readonly seconds: number;
}

/** Times are milliseconds from the request to the first byte of the body and to the last of all. */
export interface LoadResult {
  readonly calls: number;
  readonly seconds: number;
  readonly firstByte: readonly number[];
  readonly whole: readonly number[];
}

/** Of no more calls than these are the times kept. */
const MAX_TIMES = 20_000;
const LAST_CHUNK = Buffer.from('0\r\n\r\n');
const STATUS_OK = Buffer.from('HTTP/1.1 200');

/** Calls over and over, on each connection one call at a time, and counts those that were answered well. */
export async function load({ url, headers = '', kind, connections, seconds }: LoadOrder): Promise<LoadResult> {
  const { hostname, port } = new URL(url);
  const firstByte: number[] = [];
  const whole: number[] = [];
  let calls = 0;
  const request = withHeaders(REQUESTS[kind], headers);
  const startedAt = performance.now();
  const until = startedAt + seconds * 1000;
  const one = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const socket = connect({ host: hostname, port: Number(port), noDelay: true });
      let sentAt = 0;
      const answer = new Answer();
      const send = (): void => {
        sentAt = performance.now();
        socket.write(request);
      };
      socket.once('connect', send).once('error', reject);
      socket.on('data', (bytes: Buffer) => {
        const begun = answer.bodyBegun;
        const ended = answer.push(bytes);
        const now = performance.now();
        if (!begun && answer.bodyBegun && firstByte.length < MAX_TIMES) firstByte.push(now - sentAt);
        if (!ended) return;
        if (answer.good) calls += 1;
        if (answer.good && whole.length < MAX_TIMES) whole.push(now - sentAt);
        answer.reset();
        if (now < until) send();
        else close(socket, resolve);
      });
      socket.once('close', () => reject(new Error(`a connection to ${url} was closed in the middle of a call`)));
    });
  await Promise.all(Array.from({ length: connections }, one));
  return { calls, seconds: (performance.now() - startedAt) / 1000, firstByte, whole };
}

function withHeaders(request: Buffer, headers: string): Buffer {
  const end = request.indexOf('\r\n\r\n') + 2;
  return Buffer.concat([request.subarray(0, end), Buffer.from(headers), request.subarray(end)]);
}

function close(socket: Socket, done: () => void): void {
  socket.removeAllListeners('close');
  socket.destroy();
  done();
}

/** Knows no more of HTTP than it takes to tell where an answer's body begins and ends. */
class Answer {
  bodyBegun = false;
  good = false;
  #head: Buffer = Buffer.alloc(0);
  #left: number | undefined;
  #tail: Buffer = Buffer.alloc(0);

  /** Takes the next bytes; true with the last ones. */
  push(bytes: Buffer): boolean {
    if (this.#left === undefined) return this.#readHead(bytes);
    return this.#readBody(bytes);
  }

  reset(): void {
    this.bodyBegun = false;
    this.#head = Buffer.alloc(0);
    this.#left = undefined;
    this.#tail = Buffer.alloc(0);
  }

  #readHead(bytes: Buffer): boolean {
    this.#head = this.#head.length === 0 ? bytes : Buffer.concat([this.#head, bytes]);
    const end = this.#head.indexOf('\r\n\r\n');
    if (end === -1) return false;
    const head = this.#head.toString('latin1', 0, end);
    this.good = this.#head.indexOf(STATUS_OK) === 0;
    const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
    this.#left = length === undefined ? Infinity : Number(length);
    return this.#readBody(this.#head.subarray(end + 4));
  }

  #readBody(bytes: Buffer): boolean {
    if (bytes.length > 0) this.bodyBegun = true;
    if (this.#left !== Infinity) {
      this.#left = (this.#left ?? 0) - bytes.length;
      return this.#left <= 0;
    }
    const tail = bytes.length >= LAST_CHUNK.length ? bytes : Buffer.concat([this.#tail, bytes]);
    this.#tail = Buffer.from(tail.subarray(-LAST_CHUNK.length));
    return this.#tail.equals(LAST_CHUNK);
  }
}
