import { STATUS_CODES, type IncomingMessage, type Server } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { ApiError, notAuthenticated, unknownUrl } from '../ApiError.js';
import { effectsOf, type Effects } from '../faults/effects.js';
import { FAULT_HEADER, readFaultHeader } from '../faults/header.js';
import { findModel } from '../models.js';
import { Random } from '../Random.js';
import type { Service } from '../server/Service.js';
import { NO_USAGE } from '../tokens.js';
import { serveSession } from './serveSession.js';

export const REALTIME_PATH = '/v1/realtime';

/** As browsers send their key. */
const KEY_PROTOCOL = /(?:^|,)\s*openai-insecure-api-key\.[^\s,]+/;
const LARGEST_MESSAGE = 1024 * 1024;

/** Has the server answer WebSockets at `/v1/realtime`. Returns what ends all of them. */
export function acceptRealtime(server: Server, service: Service): () => void {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: LARGEST_MESSAGE,
    handleProtocols: (asked) => (asked.has('realtime') ? 'realtime' : false),
  });
  const silent = new Set<Duplex>();
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const end = service.ledger.begin();
    socket.on('error', () => undefined);
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://simulator');
    const path = pathname === REALTIME_PATH ? REALTIME_PATH : 'other';
    const said = searchParams.get('model') ?? '';
    const told = { path, model: findModel(service.models, said)?.name ?? 'none', stream: true };
    const random = new Random(service.seed, path, head, service.occurrences.next(path, head));
    try {
      const effects = requireOpen(request, pathname, said, random, service);
      if (effects.silence !== undefined) {
        end({ ...told, status: 0, outcome: effects.silence }, NO_USAGE, false);
        silent.add(socket.once('close', () => silent.delete(socket)).resume());
        if (effects.silence === 'reset' && socket instanceof Socket) socket.resetAndDestroy();
        return;
      }
      sockets.handleUpgrade(request, socket, head, (opened) => {
        serveSession(
          { socket: opened, model: said, random, effects, speed: service.speed },
          (outcome, usage, usageTold) => end({ ...told, status: 101, outcome }, usage, usageTold),
        );
      });
    } catch (error) {
      const refusal = error instanceof ApiError ? error : unknownUrl('GET', pathname);
      end({ ...told, status: refusal.status, outcome: 'refused' }, NO_USAGE, false);
      refuse(socket, refusal);
    }
  });
  return () => {
    for (const socket of sockets.clients) socket.terminate();
    for (const socket of silent) socket.destroy();
  };
}

function requireOpen(request: IncomingMessage, path: string, model: string, random: Random, service: Service): Effects {
  const { authorization, 'sec-websocket-protocol': protocols = '', [FAULT_HEADER]: faults } = request.headers;
  if (path !== REALTIME_PATH) throw unknownUrl('GET', path);
  if (!/^bearer \S/i.test(authorization ?? '') && !KEY_PROTOCOL.test(protocols)) throw notAuthenticated(undefined);
  const named = readFaultHeader(typeof faults === 'string' ? faults : undefined);
  const effects = effectsOf([...named, ...service.control.draw(model, random)]);
  if (effects.refusal !== undefined) throw effects.refusal;
  return effects;
}

function refuse(socket: Duplex, { status, body, headers }: ApiError): void {
  const text = JSON.stringify(body);
  const fields = { ...headers, 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(text)) };
  const lines = Object.entries({ ...fields, connection: 'close' }).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}\r\n${text}`);
}
