import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { ToldAttempt } from '../../call/attempt.js';
import type { CallFailure } from '../../call/call.js';
import { classifyHttp } from '../../call/classifyError.js';
import type { Operation } from '../../call/operation.js';
import type { Outcome } from '../../call/status.js';
import { traceIdOf } from '../../call/traceparent.js';
import type { OpenCall } from '../../monitor/OpenCall.js';
import type { PartSum } from '../../monitor/PartSum.js';
import { JsonBody } from '../../openai/JsonBody.js';
import { deploymentOf, operationOf } from '../../openai/operationOf.js';
import { readErrorBody } from '../../openai/readErrorBody.js';
import { SessionObserver } from '../../openai/SessionObserver.js';
import { modelName } from '../attribution.js';
import { SHUTTING_DOWN, type GatewayError } from '../errors.js';
import { ExchangeLog } from '../ExchangeLog.js';
import type { ExchangePorts, RunningExchange } from '../ExchangePorts.js';
import { WireHeaders } from '../WireHeaders.js';
import { rateLimitsOf } from '../headers.js';
import type { Route } from '../route.js';
import { upstreamError, upstreamErrorType } from '../upstreamError.js';
import { EarlyBytes } from './EarlyBytes.js';
import { EventReader } from './EventReader.js';
import { isOpened, openedHead, refusedHead, upgradeHeaders } from './handshake.js';
import { openUpstream } from './openUpstream.js';
import { sendRawError } from './sendRawError.js';
import { sessionEnd } from './sessionEnd.js';
import { Tunnel } from './Tunnel.js';

/** A WebSocket through the gateway, as one call: from its request to its end, with all answers that were given within. */
export class SocketExchange implements RunningExchange {
  slot = -1;
  readonly #operation: Operation;
  readonly #call: OpenCall;
  readonly #parts: PartSum;
  readonly #session = new SessionObserver();
  readonly #log = new ExchangeLog();
  readonly #early: EarlyBytes;
  #giveUp: () => void = () => undefined;
  #tunnel: Tunnel | undefined;
  /** Whether the attempt at the upstream was told of. */
  #told = false;
  #recorded = false;

  constructor(
    private readonly ports: ExchangePorts,
    private readonly route: Route,
    private readonly req: IncomingMessage,
    private readonly client: Socket,
    head: Buffer,
  ) {
    this.#operation = sessionOperation(route.path);
    this.#call = this.#open();
    this.#parts = this.#call.parts();
    this.#call.countsIn(this.#parts);
    this.#early = new EarlyBytes(client, head, () => this.#clientGone());
  }

  /** Asks the upstream for the WebSocket. */
  run(): void {
    const { upstream, path } = this.route;
    const headers = upgradeHeaders(this.req.rawHeaders, new URL(upstream.origin).host);
    try {
      this.#giveUp = openUpstream(
        { origin: upstream.origin, path, headers, timeoutMs: this.ports.timeoutMs },
        {
          opened: (answer, socket, first) => this.#opened(answer, socket, first),
          refused: (answer) => this.#refused(answer),
          failed: (error) => this.#failed(error),
        },
      );
    } catch {
      this.#failed(withCode('a header or the path can not be sent', 'UND_ERR_INVALID_ARG'));
    }
  }

  /** The gateway waits no longer. */
  shutDown(): void {
    if (this.#recorded) return;
    this.#giveUp();
    if (this.#tunnel !== undefined) {
      this.#endSession('error', { errorType: 'stream_interrupted' });
      this.#tunnel.close();
    } else if (this.#told) {
      this.#end('error', { errorType: 'connection' });
      this.client.destroySoon();
    } else {
      this.#refuse(SHUTTING_DOWN, { errorType: 'connection' });
    }
  }

  /** The client left before the WebSocket was open. */
  #clientGone(): void {
    if (this.#recorded) return;
    this.#giveUp();
    this.#end('aborted');
    this.client.destroy();
  }

  #open(): OpenCall {
    const { monitor, attribution } = this.ports;
    const { path, upstream } = this.route;
    const query = new URLSearchParams(path.includes('?') ? path.slice(path.indexOf('?')) : '');
    return monitor.open({
      model: modelName(query.get('model') ?? query.get('deployment') ?? deploymentOf(path)),
      operation: this.#operation,
      provider: upstream.name,
      attribution: attribution.read(WireHeaders.ofRequest(this.req.rawHeaders)),
      traceId: traceIdOf(this.req.headers['traceparent']),
    });
  }

  #opened(answer: IncomingMessage, upstream: Socket, first: Buffer): void {
    if (!isOpened(answer.headers)) {
      upstream.destroy();
      this.#failed(withCode('the upstream opened something else', 'not the WebSocket that was asked for'));
      return;
    }
    this.#begun(101, answer);
    const events = new EventReader({
      event: (event) => this.#observe(event),
      other: () => this.#session.other(),
    });
    const tunnel = new Tunnel(this.client, upstream, {
      idleMs: this.ports.timeoutMs,
      text: (bytes, last) => events.push(bytes, last),
      passed: (bytes) => this.#log.passed(bytes),
      ended: (by, code) => this.#endSession(...sessionEnd(by, code, this.#session.failure)),
    });
    this.#tunnel = tunnel;
    this.client.write(openedHead(answer, this.#call.correlationId));
    tunnel.start(this.#early.take(), first);
  }

  /** Passes on what the upstream answers instead of opening the WebSocket. */
  #refused(answer: IncomingMessage): void {
    const status = answer.statusCode ?? 502;
    this.#begun(status, answer);
    const body = new JsonBody();
    this.client.write(refusedHead(answer, this.#call.correlationId));
    answer
      .on('error', () => undefined)
      .on('data', (chunk: Buffer) => {
        body.push(chunk);
        this.#log.passed(chunk.length);
      })
      .once('close', () => {
        const { code, type } = readErrorBody(body.end());
        this.#end('error', { errorType: classifyHttp(status, code, type), httpStatus: status });
        this.client.destroySoon();
      })
      .pipe(this.client, { end: false });
  }

  #failed(error: Error): void {
    if (this.#recorded) return;
    this.#refuse(upstreamError(error, this.route.upstream), { errorType: upstreamErrorType(error, false) });
  }

  #refuse(error: GatewayError, failure: CallFailure): void {
    this.#end('error', failure);
    sendRawError(this.client, error, this.#call.correlationId);
  }

  #observe(event: unknown): void {
    const part = this.#session.observe(event);
    const model = modelName(this.#session.model);
    if (model !== undefined) this.#call.named(model);
    if (part !== undefined) this.#parts.add(part.result, part);
  }

  /** Ends the call of a session that was open; of an answer that was under way, the usage is unknown. */
  #endSession(outcome: Outcome, failure?: CallFailure): void {
    if (this.#recorded) return;
    if (this.#tunnel?.readable === false) this.#parts.add({}, { missing: 'unreadable' });
    else if (this.#session.pending) {
      this.#parts.add({}, { missing: outcome === 'error' ? 'stream_interrupted' : 'aborted' });
    }
    this.#end(outcome, failure);
  }

  #begun(status: number, { rawHeaders }: IncomingMessage): void {
    this.#log.begun(status);
    this.#tellAttempt({ httpStatus: status, rateLimits: rateLimitsOf(WireHeaders.ofAnswer(rawHeaders)) });
  }

  #tellAttempt(attempt: ToldAttempt): void {
    if (this.#told) return;
    this.#told = true;
    this.#call.attempt(attempt);
  }

  #end(outcome: Outcome, failure?: CallFailure): void {
    if (this.#recorded) return;
    this.#recorded = true;
    this.#tellAttempt({});
    this.#call.end(outcome, { responseModel: this.#session.model }, failure);
    this.ports.logger.debug('Gateway call ended', {
      correlationId: this.#call.correlationId,
      provider: this.route.upstream.name,
      operation: this.#operation,
      ...this.#log.fields(outcome),
    });
    this.ports.recorded(this);
  }
}

/** Responses have a WebSocket, too, with one answer after the other; other paths are what they are as requests. */
function sessionOperation(path: string): Operation {
  const asked = operationOf('POST', path);
  return asked === 'responses' ? asked : operationOf('GET', path);
}

function withCode(message: string, code: string): Error {
  return Object.assign(new Error(message), { code });
}
