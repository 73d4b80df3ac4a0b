import type { ToldAttempt } from '../call/attempt.js';
import { DEFAULT_PROVIDER, UNKNOWN_MODEL, type CallContext, type CallFailure, type CallResult } from '../call/call.js';
import { expectsUsage } from '../call/operation.js';
import type { Outcome } from '../call/status.js';
import { asTraceId } from '../call/traceparent.js';
import { mergeUnits } from '../call/readUnits.js';
import type { BilledUnits } from '../call/units.js';
import type { UsageMissingReason } from '../call/usage.js';
import type { PriceBook } from '../pricing/PriceBook.js';
import type { Clock } from './Clock.js';
import { CallIdentity } from './CallIdentity.js';
import { callFields, type KnownFields } from './callFields.js';
import { endFields, errorFields, modelOf, streamEndFields, type End } from './endFields.js';
import { PartSum } from './PartSum.js';
import type { OutcomeJoin } from './outcomes/OutcomeJoin.js';
import { cacheSavedOf, costOf } from './usageFields.js';
import type { UsageEstimator } from './UsageEstimator.js';
import type { CallFields, EndFields, StreamEndFields } from './events.js';
import type { Unidentified, UnreadEvent } from './unreadEvent.js';
import type { Writable } from './Writable.js';

/** What a call needs of the monitor that opened it. */
export interface CallPorts {
  readonly clock: Clock;
  readonly priceBook: PriceBook | undefined;
  /** Absent: usage that isn't told stays unknown. */
  readonly usageEstimator?: UsageEstimator | undefined;
  readonly outcomes: OutcomeJoin;
  /** Reports an event, which is put together by the time that somebody wants to know of it. */
  readonly report: (make: () => UnreadEvent) => void;
}

/**
 * One call from its start to its end. Whoever opens it ends it with `complete`, `fail` or `abort`; only the first of
 * these counts, so that a `finally` may end it again. No method throws.
 */
export class OpenCall {
  /** What it is known by to those that get something of it. */
  readonly identity: CallIdentity;
  readonly #startedAt: number;
  readonly #startedAsModel: string;
  #fields: KnownFields;
  readonly #asked: BilledUnits | undefined;
  #firstTokenMs: number | null = null;
  #parts: PartSum | undefined;
  #answeredAt: number | undefined;
  #ended = false;

  constructor(
    readonly ports: CallPorts,
    readonly streaming: boolean,
    context: CallContext,
  ) {
    this.#startedAt = ports.clock.now();
    const prefix = streaming ? 'stream' : 'req';
    this.identity = new CallIdentity(ports.outcomes, this.#startedAt, prefix, context.correlationId);
    this.#asked = context.units;
    const traceId = asTraceId(context.traceId);
    const fields: Writable<KnownFields> = {
      provider: context.provider ?? DEFAULT_PROVIDER,
      model: context.model ?? UNKNOWN_MODEL,
      operation: context.operation ?? 'other',
      // A copy, as of all that an application gives us: it may change what is read only later.
      attribution: { ...context.attribution },
    };
    if (context.messageCount !== undefined) fields.messageCount = context.messageCount;
    if (traceId !== undefined) fields.traceId = traceId;
    this.#fields = fields;
    this.#startedAsModel = this.#fields.model;
    this.#report((now) => [streaming ? 'ai_stream_start' : 'ai_request_start', now, this.identity]);
  }

  /** Made when somebody asks for it, unless it was given. */
  get correlationId(): string {
    return this.identity.correlationId;
  }

  /** By what the call is counted, for one that begins what another one ends. */
  get countedFor(): Pick<CallFields, 'model' | 'attribution'> {
    return this.#fields;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Whether somebody estimates usage that isn't told, so that it is worth keeping what that takes. */
  get estimatesUsage(): boolean {
    return this.ports.usageEstimator !== undefined;
  }

  /** Tells the model that is asked for, where it wasn't known when the call began. */
  named(model: string): void {
    if (!this.#ended && this.#fields.model === UNKNOWN_MODEL) this.#fields = { ...this.#fields, model };
  }

  /** Tells the trace that the call is part of, where it wasn't known when the call began. */
  traced(traceId: string | undefined): void {
    const known = asTraceId(traceId);
    if (!this.#ended && known !== undefined) this.#fields = { ...this.#fields, traceId: known };
  }

  /** Marks the first output that the user could see or that the model reasons. Only the first mark of a stream counts. */
  firstToken(): void {
    if (this.#ended || !this.streaming || this.#firstTokenMs !== null) return;
    const timeToFirstToken = this.#elapsed();
    this.#firstTokenMs = timeToFirstToken;
    this.#report((now) => ['ai_stream_first_token', Object.assign(now, { timeToFirstToken }), this.identity]);
  }

  /** Marks the end of the answer, for a call whose end is told later: no time counts that passes from now on. */
  answered(): void {
    this.#answeredAt ??= this.ports.clock.now();
  }

  /** Tells of one HTTP exchange, however it ended. */
  attempt({ httpStatus, retryReason, lostMs, rateLimits }: ToldAttempt): void {
    if (this.#ended) return;
    this.#report((now) => {
      const told: Writable<Unidentified<CallFields & ToldAttempt>> = now;
      if (httpStatus !== undefined) told.httpStatus = httpStatus;
      if (retryReason !== undefined) told.retryReason = retryReason;
      if (lostMs !== undefined) told.lostMs = lostMs;
      if (rateLimits !== undefined) told.rateLimits = rateLimits;
      return ['ai_attempt', told, this.identity];
    });
  }

  /** A sum of parts of this call, which counts once it is given to `countsIn`. */
  parts(): PartSum {
    const { provider } = this.#fields;
    return new PartSum((result, aside) => {
      const model = aside ? UNKNOWN_MODEL : this.#fields.model;
      const asked = { provider, model, at: this.ports.clock.wallTime() };
      const costUsd = costOf(this.ports.priceBook, asked, result);
      return { costUsd, cacheSavedUsd: cacheSavedOf(this.ports.priceBook, asked, result, costUsd) };
    });
  }

  /** From now on the call has the tokens and the cost of these parts and no others; without any, none are missing. */
  countsIn(parts: PartSum): void {
    this.#parts = parts;
  }

  /** Ends the call as done. `missing` is why usage is unknown, where it is. */
  complete(result: CallResult = {}, missing: UsageMissingReason = 'not_sent'): void {
    if (this.#ended) return;
    const billed = this.#asked === undefined ? result : { ...result, units: mergeUnits(this.#asked, result.units) };
    this.#end(billed, expectsUsage(this.#fields.operation) ? missing : null, (end) =>
      this.streaming
        ? ['ai_stream_complete', this.#ofStream(end), this.identity]
        : ['ai_request_complete', end, this.identity],
    );
  }

  /** Ends the call as failed; a failure of type `aborted` is the caller's doing and ends it as aborted. */
  fail(failure: CallFailure, result: CallResult = {}): void {
    if (this.#ended) return;
    if (failure.errorType === 'aborted') {
      this.abort(result);
      return;
    }
    const begun = this.#firstTokenMs !== null;
    // A connection lost after output came is a stream that was cut, whatever the client calls it.
    const errorType = begun && failure.errorType === 'connection' ? 'stream_interrupted' : failure.errorType;
    const interrupted = begun || errorType === 'stream_interrupted';
    const missing = interrupted && expectsUsage(this.#fields.operation) ? 'stream_interrupted' : null;
    const fields = errorFields({ ...failure, errorType });
    this.#end(result, missing, (end) =>
      this.streaming
        ? ['ai_stream_error', Object.assign(this.#ofStream(end), fields), this.identity]
        : ['ai_request_error', Object.assign(end, fields), this.identity],
    );
  }

  /** Ends the call as given up by the caller. */
  abort(result: CallResult = {}): void {
    if (this.#ended) return;
    this.#end(result, expectsUsage(this.#fields.operation) ? 'aborted' : null, (end) =>
      this.streaming
        ? ['ai_stream_aborted', this.#ofStream(end), this.identity]
        : ['ai_request_aborted', end, this.identity],
    );
  }

  /** Ends the call by an outcome that is known only at run time. */
  end(outcome: Outcome, result: CallResult = {}, failure: CallFailure = { errorType: 'unknown' }): void {
    if (outcome === 'success') this.complete(result);
    else if (outcome === 'aborted') this.abort(result);
    else this.fail(failure, result);
  }

  /** Ends the call, and reports it once its usage is known: at once, or after it was estimated. */
  #end(
    told: CallResult,
    missing: UsageMissingReason | null,
    toEvent: (end: Unidentified<EndFields>) => UnreadEvent,
  ): void {
    const { clock, usageEstimator } = this.ports;
    this.#ended = true;
    const { unmetered, usage, answers, units, responseModel, serviceTier, finishReasons } =
      this.#parts?.result(told) ?? told;
    // Without what usage is estimated from, which is content and must not be held until somebody reads the metrics.
    const result = {
      usage: usage && { ...usage, details: { ...usage.details } },
      answers,
      units: units && { ...units },
      responseModel,
      serviceTier,
      finishReasons: finishReasons && [...finishReasons],
    };
    const end: End = {
      known: this.#fields,
      startedAsModel: this.#startedAsModel,
      timestamp: clock.wallTime(),
      duration: this.#elapsed(),
      result,
      missing,
      parts: this.#parts?.usageFields(),
    };
    const isUnknown = usage === undefined && missing !== null && this.#parts === undefined;
    if (usageEstimator === undefined || unmetered === undefined || !isUnknown) {
      this.#tell(end, toEvent);
      return;
    }
    void Promise.resolve(unmetered)
      .then((call) => usageEstimator.estimate(call))
      .catch(() => undefined)
      .then((estimated) =>
        this.#tell(estimated === undefined ? end : { ...end, result: { ...result, usage: estimated } }, toEvent),
      );
  }

  #tell(end: End, toEvent: (end: Unidentified<EndFields>) => UnreadEvent): void {
    const { priceBook, report } = this.ports;
    report(() => toEvent(endFields(end, priceBook)));
    const { known, duration } = end;
    this.identity.ended({ provider: known.provider, model: modelOf(end), duration }, this.#firstTokenMs);
  }

  #report(toEvent: (now: Writable<Unidentified<CallFields>>) => UnreadEvent): void {
    const known = this.#fields;
    const timestamp = this.ports.clock.wallTime();
    this.ports.report(() => toEvent(callFields(known, timestamp)));
  }

  #elapsed(): number {
    return Math.max(0, (this.#answeredAt ?? this.ports.clock.now()) - this.#startedAt);
  }

  #ofStream(end: Unidentified<EndFields>): Unidentified<StreamEndFields> {
    return streamEndFields(end, this.#firstTokenMs);
  }
}
