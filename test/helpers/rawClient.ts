import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { until } from './until.js';

/** A client that writes whatever it likes and keeps what comes back. */
export interface RawClient {
  readonly socket: Socket;
  /** All that came, one character a byte. */
  readonly received: () => string;
  /** Resolves once the text came. */
  readonly gets: (text: string) => Promise<void>;
  /** Resolves with all that came once the connection is closed, by whichever side and in whichever way. */
  readonly closed: () => Promise<string>;
}

export async function rawClient(port: number, firstBytes: string | Uint8Array = ''): Promise<RawClient> {
  const socket = connect({ port, host: '127.0.0.1' });
  let received = '';
  let closed = false;
  socket
    .on('data', (bytes) => {
      received += bytes.toString('latin1');
    })
    .on('error', () => undefined)
    .on('close', () => {
      closed = true;
    });
  await once(socket, 'connect');
  socket.write(firstBytes);
  return {
    socket,
    received: () => received,
    gets: async (text) => until(() => received.includes(text), `${JSON.stringify(text)} to come`),
    closed: async () => {
      await until(() => closed, 'the connection to be closed');
      return received;
    },
  };
}

/** The bytes of a POST of JSON to the gateway or an upstream. */
export function post(path: string, body: string, headers: readonly string[] = []): string {
  const lines = ['host: gateway', 'content-type: application/json', `content-length: ${Buffer.byteLength(body)}`];
  return `POST ${path} HTTP/1.1\r\n${[...lines, ...headers].join('\r\n')}\r\n\r\n${body}`;
}
