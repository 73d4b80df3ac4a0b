import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';

/** A request as it came over the wire. */
export interface RawRequest {
  readonly method: string;
  readonly target: string;
  /** Names in small letters; of duplicates the last. */
  readonly headers: Readonly<Record<string, string>>;
  /** Names as they were sent, and values, in turn. */
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
}

/** Answers one request by writing to the socket whatever it likes. */
export type RawScript = (socket: Socket, request: RawRequest) => void | Promise<void>;

export interface RawUpstream {
  readonly port: number;
  /** With `/v1` at its end. */
  readonly baseUrl: string;
  /** Every request that came whole, oldest first. */
  readonly requests: RawRequest[];
  /** Connections that have carried a request and are open now. */
  readonly inUse: ReadonlySet<Socket>;
  script: RawScript;
  close(): Promise<void>;
}

/** A server on a free port that answers by script, byte for byte: well, badly, partly or never. */
export async function startRawUpstream(script: RawScript): Promise<RawUpstream> {
  const sockets = new Set<Socket>();
  const inUse = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket
      .on('error', () => undefined)
      .on('close', () => {
        sockets.delete(socket);
        inUse.delete(socket);
      });
    readRequests(socket, (request) => {
      inUse.add(socket);
      upstream.requests.push(request);
      void upstream.script(socket, request);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const upstream: RawUpstream = {
    port,
    baseUrl: `http://127.0.0.1:${port}/v1`,
    requests: [],
    inUse,
    script,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
  return upstream;
}

/** Status line and headers, with the blank line behind them. */
export function head(status: string, headers: readonly (readonly [string, string])[]): Buffer {
  return Buffer.from(`HTTP/1.1 ${status}\r\n${headers.map(([n, v]) => `${n}: ${v}\r\n`).join('')}\r\n`, 'latin1');
}

/** One chunk of a chunked body. */
export function chunk(bytes: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')]);
}

export const LAST_CHUNK = Buffer.from('0\r\n\r\n');

function readRequests(socket: Socket, onRequest: (request: RawRequest) => void): void {
  let parts: Buffer[] = [];
  let length = 0;
  let needed = 0;
  socket.on('data', (bytes) => {
    parts.push(bytes);
    length += bytes.length;
    if (length < needed) return;
    let pending = Buffer.concat(parts);
    for (let read = readOne(pending); read !== undefined; read = readOne(pending)) {
      pending = pending.subarray(read.length);
      onRequest(read.request);
    }
    parts = [pending];
    length = pending.length;
    // A large body is put together once, not at every packet.
    needed = Number(/\r\ncontent-length: (\d+)/i.exec(pending.toString('latin1', 0, 8192))?.[1] ?? 0);
  });
}

function readOne(bytes: Buffer): { request: RawRequest; length: number } | undefined {
  const headEnd = bytes.indexOf('\r\n\r\n');
  if (headEnd === -1) return undefined;
  const [line = '', ...lines] = bytes.toString('latin1', 0, headEnd).split('\r\n');
  const [method = '', target = ''] = line.split(' ');
  const pairs = lines.map(
    (each) => [each.slice(0, each.indexOf(':')), each.slice(each.indexOf(':') + 1).trim()] as const,
  );
  const headers = Object.fromEntries(pairs.map(([name, value]) => [name.toLowerCase(), value]));
  const start = headEnd + 4;
  const body = headers['transfer-encoding'] === undefined ? sized(bytes, start, headers) : chunked(bytes, start);
  if (body === undefined) return undefined;
  return { request: { method, target, headers, rawHeaders: pairs.flat(), body: body.bytes }, length: body.end };
}

interface ReadBody {
  readonly bytes: Buffer;
  readonly end: number;
}

function sized(bytes: Buffer, start: number, headers: Readonly<Record<string, string>>): ReadBody | undefined {
  const end = start + Number(headers['content-length'] ?? 0);
  return bytes.length < end ? undefined : { bytes: bytes.subarray(start, end), end };
}

function chunked(bytes: Buffer, start: number): ReadBody | undefined {
  const parts: Buffer[] = [];
  for (let at = start; ;) {
    const lineEnd = bytes.indexOf('\r\n', at);
    if (lineEnd === -1) return undefined;
    const size = Number.parseInt(bytes.toString('latin1', at, lineEnd), 16);
    const from = lineEnd + 2;
    if (bytes.length < from + size + 2) return undefined;
    if (size === 0) return { bytes: Buffer.concat(parts), end: from + 2 };
    parts.push(bytes.subarray(from, from + size));
    at = from + size + 2;
  }
}
