import WebSocket from 'ws';
import { until } from './until.js';

/** How a WebSocket ended: the code of its Close frame, 1006 without one, or the answer that opened none. */
export interface SocketClosed {
  readonly code?: number;
  readonly status?: number;
  readonly body?: string;
}

export interface WebSocketClient {
  readonly socket: WebSocket;
  /** Every message, as text. */
  readonly received: readonly string[];
  readonly closed: () => Promise<SocketClosed>;
}

/** Opens a WebSocket at this port and keeps what the server tells. */
export function webSocketClient(
  port: number,
  path = '/v1/realtime?model=gpt-realtime',
  protocols: string[] = [],
): WebSocketClient {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, protocols);
  const received: string[] = [];
  let closed: SocketClosed | undefined;
  socket
    .on('error', () => undefined)
    .on('message', (data: Buffer) => received.push(data.toString()))
    .on('close', (code) => (closed ??= { code }))
    .on('unexpected-response', (_request, answer) => {
      let body = '';
      answer.setEncoding('utf8').on('data', (text: string) => (body += text));
      answer.on('close', () => (closed = { status: answer.statusCode ?? 0, body }));
    });
  const ended = async (): Promise<SocketClosed> => {
    await until(() => closed !== undefined, 'the end of the WebSocket');
    return closed ?? {};
  };
  return { socket, received, closed: ended };
}
