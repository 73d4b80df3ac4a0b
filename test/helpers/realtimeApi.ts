import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';

/** What an API does with one WebSocket, once it is open. */
export type SessionScript = (socket: WebSocket, request: IncomingMessage) => void;

export interface RealtimeApi {
  /** With `/v1` at its end. */
  readonly baseUrl: string;
  /** Every request for a WebSocket, oldest first. */
  readonly requests: IncomingMessage[];
  readonly sockets: ReadonlySet<WebSocket>;
  script: SessionScript;
  close(): Promise<void>;
}

/** An API with WebSockets on a free port, which would compress their messages if it were asked to. */
export async function startRealtimeApi(script: SessionScript): Promise<RealtimeApi> {
  const server = createServer();
  const sockets = new WebSocketServer({
    server,
    perMessageDeflate: { threshold: 0 },
    handleProtocols: (asked) => [...asked][0] ?? false,
  });
  const api: RealtimeApi = {
    baseUrl: '',
    requests: [],
    sockets: sockets.clients,
    script,
    close: async () => {
      for (const socket of sockets.clients) socket.terminate();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  sockets.on('connection', (socket, request) => {
    socket.on('error', () => undefined);
    api.requests.push(request);
    api.script(socket, request);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(api, { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1` });
}

/** Answers every `response.create` as the API does, with the next of these usages. */
export function talks(usages: readonly object[], model = 'gpt-realtime-2025-08-28'): SessionScript {
  return (socket) => {
    const send = (event: object): void => socket.send(JSON.stringify(event));
    let answered = 0;
    send({ type: 'session.created', event_id: 'event_0', session: { type: 'realtime', model } });
    socket.on('message', (data: Buffer) => {
      const event = JSON.parse(data.toString()) as { type: string };
      if (event.type !== 'response.create') return;
      const id = `resp_${answered}`;
      const response = { object: 'realtime.response', id };
      send({ type: 'response.created', event_id: 'event_1', response: { ...response, status: 'in_progress' } });
      for (const delta of ['Hel', 'lo']) send({ type: 'response.output_text.delta', event_id: 'event_2', delta });
      send({
        type: 'response.done',
        event_id: 'event_3',
        response: { ...response, status: 'completed', output: [{ type: 'message' }], usage: usages[answered] },
      });
      answered += 1;
    });
  };
}
