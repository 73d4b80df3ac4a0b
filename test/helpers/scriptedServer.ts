import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One thing that the server does with an answer's body: send bytes, pause, drop the connection, or never go on. */
export type Step = string | Uint8Array | { readonly pause: number } | typeof RESET | typeof STALL;

/** Drops the connection. */
export const RESET = Symbol('reset');
/** Never goes on. */
export const STALL = Symbol('stall');

export interface Answer {
  /** Default 200. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly steps?: readonly Step[];
  /** What happens instead of an answer. */
  readonly instead?: typeof RESET | typeof STALL;
}

/** An answer, or how it follows from the request. */
export type Script = Answer | ((request: SeenRequest) => Answer);

export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface ScriptedServer {
  readonly url: string;
  readonly requests: SeenRequest[];
  /** How many answers lost their client, or were dropped, before they were whole. */
  readonly clientsGone: () => number;
  /** Answers the coming requests with these in turn, and all further ones with the last. */
  script(...answers: readonly Script[]): void;
  close(): Promise<void>;
}

/** An HTTP server on a free port that answers as it is told. */
export async function startScriptedServer(): Promise<ScriptedServer> {
  let answers: readonly Script[] = [];
  let next = 0;
  let gone = 0;
  const requests: SeenRequest[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('error', () => undefined);
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const seen = { method, url, headers, body: Buffer.concat(parts).toString() };
      requests.push(seen);
      const answer = answers[Math.min(next, answers.length - 1)] ?? {};
      next += 1;
      response.on('close', () => {
        if (!response.writableFinished) gone += 1;
      });
      void give(response, typeof answer === 'function' ? answer(seen) : answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    clientsGone: () => gone,
    script: (...given) => {
      answers = given;
      next = 0;
    },
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

async function give(response: ServerResponse, answer: Answer): Promise<void> {
  if (answer.instead === RESET) response.socket?.resetAndDestroy();
  if (answer.instead !== undefined) return;
  response.writeHead(answer.status ?? 200, { 'content-type': 'application/json', ...answer.headers });
  response.flushHeaders();
  for (const step of answer.steps ?? []) {
    if (response.destroyed || step === STALL) return;
    if (step === RESET) {
      // What was written has to be on its way first, else the reset overtakes it.
      await pause(20);
      response.socket?.resetAndDestroy();
      return;
    }
    if (typeof step === 'object' && 'pause' in step) await pause(step.pause);
    else response.write(step);
  }
  response.end();
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
