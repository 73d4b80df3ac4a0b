import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import type { ToldAttempt } from '../call/attempt.js';
import type { CallFailure } from '../call/call.js';
import { classifyHttp } from '../call/classifyError.js';
import type { ErrorType } from '../call/errorType.js';
import type { Operation } from '../call/operation.js';
import type { Outcome } from '../call/status.js';
import { traceIdOf } from '../call/traceparent.js';
import { SYSTEM_CLOCK } from '../monitor/Clock.js';
import type { OpenCall } from '../monitor/OpenCall.js';
import { AnswerReader } from '../openai/AnswerReader.js';
import { deferredAnswersOf } from '../openai/DeferredAnswers.js';
import { deploymentOf, operationOf } from '../openai/operationOf.js';
import { modelName } from './attribution.js';
import { isIdentity } from './decode.js';
import { sendError, SHUTTING_DOWN, tooLarge, type GatewayError } from './errors.js';
import { ExchangeLog } from './ExchangeLog.js';
import type { Replaced } from './FailedAttempts.js';
import type { ExchangePorts, RunningExchange } from './ExchangePorts.js';
import { readFormModel } from './formModel.js';
import { rateLimitsOf, requestHeaders } from './headers.js';
import { isEventStream, meterFor, type AnswerMeter } from './meter.js';
import { NO_FACTS, prepareBody, tellsOfTheCall } from './prepareBody.js';
import { Relay, type RelayObserver } from './Relay.js';
import { declaresMoreThan, hasBody, maybeJson, passOnBody, readBody, type BodyRead } from './requestBody.js';
import type { Route } from './route.js';
import { upstreamError, upstreamErrorType } from './upstreamError.js';
import { UsageStrip } from './UsageStrip.js';
import { WireHeaders } from './WireHeaders.js';

const NO_TAGS = {};

/** Why a call failed whose client left after something that it can't have understood. */
const GAVE_UP: CallFailure = { errorType: 'stream_error' };

/** One call through the gateway, from its request to its recorded end. */
export class Exchange implements RelayObserver, RunningExchange {
  slot = -1;
  readonly #operation: Operation;
  readonly #headers: WireHeaders;
  readonly #relay: Relay;
  readonly #reader: AnswerReader;
  readonly #log = new ExchangeLog();
  #facts = NO_FACTS;
  #injected = false;
  /** What was asked, where somebody estimates usage from it. */
  #request: unknown;
  #call: OpenCall | undefined;
  #attempt: 'none' | 'sent' | 'told' = 'none';
  #head: { readonly status: number; readonly headers: WireHeaders } | undefined;
  #sentAt = 0;
  #replaced: Replaced | undefined;
  #meter: AnswerMeter | undefined;

  constructor(
    private readonly ports: ExchangePorts,
    private readonly route: Route,
    private readonly req: IncomingMessage,
    private readonly res: ServerResponse,
  ) {
    this.#operation = operationOf(req.method ?? '', route.path);
    this.#headers = WireHeaders.ofRequest(req.rawHeaders);
    this.#relay = new Relay(res, this);
    this.#reader = new AnswerReader(this.#operation, deferredAnswersOf(ports.monitor), route.path);
  }

  /** Reads of the request what must be known, and sends it on. */
  run(): void {
    const { req, ports } = this;
    if (!hasBody(req)) {
      this.#send(null);
    } else if (!tellsOfTheCall(this.#operation) || !maybeJson(req)) {
      this.#askForBody();
      this.#send(passOnBody(req));
      readFormModel(req, (said) => this.#named(said));
    } else if (declaresMoreThan(req, ports.maxBodyBytes)) {
      this.#bodyRead({ kind: 'too_large' });
    } else {
      this.#askForBody();
      readBody(req, ports.maxBodyBytes, (read) => this.#bodyRead(read));
    }
  }

  /** The client's connection closed. Before the end of the answer that gives up the call. */
  clientGone(): void {
    if (this.#relay.over) return;
    // Whoever numbers attempts leaves one that takes too long, and tries again.
    if (!this.#relay.begun) this.#attemptFailed('timeout');
    this.#relay.cancel();
    this.#endEarly('aborted');
  }

  /** The gateway waits no longer: the call is cut, and the client told so if its answer has not begun. */
  shutDown(): void {
    if (this.#relay.over) return;
    const { begun } = this.#relay;
    this.#relay.cancel();
    this.#endEarly('error', {
      errorType: begun && this.#opened().streaming ? 'stream_interrupted' : 'connection',
    });
    if (begun) this.#relay.breakOff(undefined);
    else this.#answer(SHUTTING_DOWN);
  }

  begun(status: number, headers: WireHeaders): UsageStrip | undefined {
    this.#log.begun(status);
    this.#head = { status, headers };
    this.ports.afterwards(() => this.#tellAttempt());
    if (status >= 400) this.#attemptFailed(classifyHttp(status));
    if (this.ports.draining()) this.res.shouldKeepAlive = false;
    const call = this.#opened();
    const request = this.#request;
    const metered = { call, operation: this.#operation, reader: this.#reader, choices: this.#facts.choices, request };
    const strips =
      this.#injected && status < 400 && isEventStream(headers) && isIdentity(headers.value('content-encoding'));
    this.#meter = meterFor(metered, status, headers);
    return strips ? new UsageStrip() : undefined;
  }

  get correlationId(): string {
    return this.#opened().correlationId;
  }

  passed(chunk: Buffer): void {
    this.#log.passed(chunk.length);
    this.#meter?.push(chunk);
  }

  ended(): void {
    this.#opened().answered();
    this.ports.afterwards(() => this.#meter?.end((outcome) => this.#recorded(outcome)));
  }

  broken(error: Error): void {
    const { begun } = this.#relay;
    const errorType = upstreamErrorType(error, begun && this.#opened().streaming);
    if (!begun) this.#attemptFailed(errorType);
    this.#endEarly('error', { errorType });
    if (!begun) this.#answer(upstreamError(error, this.route.upstream));
  }

  #named(said: string): void {
    const model = modelName(said);
    if (model !== undefined) this.#call?.named(model);
  }

  #askForBody(): void {
    if (this.req.headers.expect !== undefined) this.res.writeContinue();
  }

  #bodyRead(read: BodyRead): void {
    if (this.#relay.over) return;
    if (read.kind === 'cut') {
      this.clientGone();
    } else if (read.kind === 'too_large') {
      this.#relay.cancel();
      this.#endEarly('error', { errorType: 'invalid_request', httpStatus: 413 });
      this.#answer(tooLarge(this.ports.maxBodyBytes));
    } else {
      const readAt = SYSTEM_CLOCK.now();
      const { facts, bytes, injected, parsed } = prepareBody(this.#operation, read.bytes, this.ports.usageInStreams);
      this.#facts = facts;
      this.#injected = injected;
      this.#request = this.ports.monitor.estimatesUsage ? parsed : undefined;
      this.#send(bytes, readAt);
    }
  }

  #send(body: Buffer | Readable | null, since = SYSTEM_CLOCK.now()): void {
    const { req, route, ports } = this;
    this.#opened();
    const ownLength = body === null || Buffer.isBuffer(body);
    const headers = requestHeaders(this.#headers, { ownLength, identity: this.#injected });
    this.#log.sent(Buffer.isBuffer(body) ? body.length : undefined);
    this.#attempt = 'sent';
    this.#sentAt = SYSTEM_CLOCK.now();
    this.#replaced = ports.failedAttempts.replacedBy(req);
    try {
      ports.reporter?.trackTiming('promptmeter_gateway_overhead_ms', this.#sentAt - since, NO_TAGS);
    } catch {
      // The monitor counts what a reporter does wrong; here it must only not reach the call.
    }
    route.upstream.dispatch({ path: route.path, method: req.method ?? 'GET', headers, body }, this.#relay);
  }

  /** The open call; opens it when it isn't yet, so that no request that came is missing. */
  #opened(): OpenCall {
    this.#call ??= this.#open();
    return this.#call;
  }

  #open(): OpenCall {
    const { monitor, attribution } = this.ports;
    const { model, streaming, messageCount, units } = this.#facts;
    const { asked } = this.#reader;
    const context = {
      model: modelName(model ?? deploymentOf(this.route.path) ?? asked?.model),
      operation: this.#reader.operation,
      provider: this.route.upstream.name,
      messageCount,
      attribution: { ...asked?.attribution, ...attribution.read(this.#headers) },
      units,
      traceId: traceIdOf(this.req.headers['traceparent']),
    };
    return streaming ? monitor.openStream(context) : monitor.open(context);
  }

  #tellAttempt(): void {
    if (this.#attempt !== 'sent') return;
    this.#attempt = 'told';
    const head = this.#head;
    const attempt: ToldAttempt =
      head === undefined ? {} : { httpStatus: head.status, rateLimits: rateLimitsOf(head.headers) };
    this.#opened().attempt(this.#replaced === undefined ? attempt : { ...attempt, ...this.#replaced });
  }

  /** Remembers it for the attempt that replaces this one. */
  #attemptFailed(reason: ErrorType): void {
    if (this.#attempt !== 'none') this.ports.failedAttempts.remember(this.req, reason, this.#sentAt);
  }

  /** Ends a call whose answer did not come whole. What the answer itself has told by then goes before. */
  #endEarly(outcome: Outcome, failure?: CallFailure): void {
    this.#tellAttempt();
    const call = this.#opened();
    const meter = this.#meter;
    const told = meter?.failure ?? (outcome === 'aborted' && meter?.malformed === true ? GAVE_UP : undefined);
    const actual = told !== undefined ? 'error' : meter?.finished === true ? 'success' : outcome;
    if (actual === 'success') call.complete(meter?.result(), outcome === 'aborted' ? 'aborted' : 'stream_interrupted');
    else call.end(actual, meter?.result(), told ?? failure);
    this.#recorded(actual);
  }

  #answer(error: GatewayError): void {
    if (this.ports.draining()) this.res.shouldKeepAlive = false;
    sendError(this.res, error, this.correlationId);
  }

  #recorded(outcome: Outcome): void {
    const { logger, recorded } = this.ports;
    if (logger.isLevelEnabled?.('debug') !== false) {
      logger.debug('Gateway call ended', {
        correlationId: this.correlationId,
        provider: this.route.upstream.name,
        operation: this.#reader.operation,
        ...this.#log.fields(outcome),
      });
    }
    recorded(this);
  }
}
