import type { Attempt } from '../call/attempt.js';
import { DEFAULT_PROVIDER, UNKNOWN_MODEL, type CallContext, type CallFailure, type CallResult } from '../call/call.js';
import { expectsUsage } from '../call/operation.js';
import type { Outcome } from '../call/status.js';
import { asTraceId } from '../call/traceparent.js';
import { mergeUnits } from '../call/readUnits.js';
import type { BilledUnits } from '../call/units.js';
import type { UsageMissingReason } from '../call/usage.js';
import type { PriceBook } from '../pricing/PriceBook.js';
import type { Clock } from './Clock.js';
import { errorFields, timePerOutputToken } from './endFields.js';
import { PartSum } from './PartSum.js';
import type { OutcomeJoin } from './outcomes/OutcomeJoin.js';
import { cacheSavedOf, costOf, usageFields } from './usageFields.js';
import type { UsageEstimator } from './UsageEstimator.js';
import type { AIEvent, CallFields, EndFields, EventMetrics, StreamEndFields } from './events.js';
import type { Writable } from './Writable.js';

/** What a call needs of the monitor that opened it. */
export interface CallPorts {
  readonly clock: Clock;
  readonly priceBook: PriceBook | undefined;
  /** Absent: usage that isn't told stays unknown. */
  readonly usageEstimator?: UsageEstimator | undefined;
  readonly outcomes: OutcomeJoin;
  readonly report: (...event: AIEvent) => void;
}

/**
 * One call from its start to its end. Whoever opens it ends it with `complete`, `fail` or `abort`; only the first of
 * these counts, so that a `finally` may end it again. No method throws.
 */
export class OpenCall {
  readonly correlationId: string;
  readonly #startedAt: number;
  readonly #startedAsModel: string;
  /** By which it is known to the outcomes of users. */
  readonly #nth: number | undefined;
  #fields: Omit<CallFields, 'timestamp'>;
  readonly #asked: BilledUnits | undefined;
  #firstTokenMs: number | null = null;
  #parts: PartSum | undefined;
  #answeredAt: number | undefined;
  #ended = false;

  constructor(
    readonly ports: CallPorts,
    readonly streaming: boolean,
    context: CallContext,
    correlationId: string,
  ) {
    this.correlationId = correlationId;
    this.#startedAt = ports.clock.now();
    this.#asked = context.units;
    const traceId = asTraceId(context.traceId);
    const fields: Writable<Omit<CallFields, 'timestamp'>> = {
      correlationId,
      provider: context.provider ?? DEFAULT_PROVIDER,
      model: context.model ?? UNKNOWN_MODEL,
      operation: context.operation ?? 'other',
      attribution: context.attribution ?? {},
    };
    if (context.messageCount !== undefined) fields.messageCount = context.messageCount;
    if (traceId !== undefined) fields.traceId = traceId;
    this.#fields = fields;
    this.#startedAsModel = this.#fields.model;
    ports.report(streaming ? 'ai_stream_start' : 'ai_request_start', this.#now());
    this.#nth = ports.outcomes.begin(correlationId, this.#startedAt);
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
    this.#firstTokenMs = this.#elapsed();
    this.ports.report('ai_stream_first_token', { ...this.#now(), timeToFirstToken: this.#firstTokenMs });
  }

  /** Marks the end of the answer, for a call whose end is told later: no time counts that passes from now on. */
  answered(): void {
    this.#answeredAt ??= this.ports.clock.now();
  }

  /** Tells of one HTTP exchange, however it ended. */
  attempt(attempt: Attempt): void {
    if (this.#ended) return;
    const { httpStatus, retryReason, lostMs, rateLimits } = attempt;
    const told: Writable<EventMetrics['ai_attempt']> = this.#now();
    if (httpStatus !== undefined) told.httpStatus = httpStatus;
    if (retryReason !== undefined) told.retryReason = retryReason;
    if (lostMs !== undefined) told.lostMs = lostMs;
    if (rateLimits !== undefined) told.rateLimits = rateLimits;
    this.ports.report('ai_attempt', told);
  }

  /** A sum of parts of this call, which counts once it is given to `countsIn`. */
  parts(): PartSum {
    const { provider } = this.#fields;
    return new PartSum((result, aside) => {
      const asked = { provider, model: aside ? UNKNOWN_MODEL : this.#fields.model };
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
    const end = this.#end(billed, expectsUsage(this.#fields.operation) ? missing : null);
    this.#settle(end, result, (told) => {
      if (this.streaming) this.ports.report('ai_stream_complete', this.#streamEnd(told));
      else this.ports.report('ai_request_complete', told);
    });
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
    this.#settle(this.#end(result, missing), result, (told) => {
      if (this.streaming) this.ports.report('ai_stream_error', { ...this.#streamEnd(told), ...fields });
      else this.ports.report('ai_request_error', { ...told, ...fields });
    });
  }

  /** Ends the call as given up by the caller. */
  abort(result: CallResult = {}): void {
    if (this.#ended) return;
    const end = this.#end(result, expectsUsage(this.#fields.operation) ? 'aborted' : null);
    this.#settle(end, result, (told) => {
      if (this.streaming) this.ports.report('ai_stream_aborted', this.#streamEnd(told));
      else this.ports.report('ai_request_aborted', told);
    });
  }

  /** Ends the call by an outcome that is known only at run time. */
  end(outcome: Outcome, result: CallResult = {}, failure: CallFailure = { errorType: 'unknown' }): void {
    if (outcome === 'success') this.complete(result);
    else if (outcome === 'aborted') this.abort(result);
    else this.fail(failure, result);
  }

  /** Reports the end at once, or a little later where its usage has to be estimated first: never both. */
  #settle(end: EndFields, result: CallResult, report: (end: EndFields) => void): void {
    const { usageEstimator } = this.ports;
    const { unmetered } = result;
    const isSum = this.#parts !== undefined;
    if (usageEstimator === undefined || unmetered === undefined || end.usageMissing === null || isSum) {
      this.#tell(end, report);
      return;
    }
    void Promise.resolve(unmetered)
      .then((call) => usageEstimator.estimate(call))
      .catch(() => undefined)
      .then((usage) => {
        this.#tell(
          usage === undefined
            ? end
            : { ...end, ...usageFields(this.ports.priceBook, this.#fields, { ...result, usage }, null) },
          report,
        );
      });
  }

  #tell(end: EndFields, report: (end: EndFields) => void): void {
    report(end);
    if (this.#nth !== undefined) this.ports.outcomes.end(this.#nth, end, this.#firstTokenMs);
  }

  #elapsed(): number {
    return Math.max(0, (this.#answeredAt ?? this.ports.clock.now()) - this.#startedAt);
  }

  #now(): Writable<CallFields> {
    const { correlationId, provider, model, operation, attribution, messageCount, traceId } = this.#fields;
    const timestamp = this.ports.clock.wallTime();
    const fields: Writable<CallFields> = { correlationId, provider, model, operation, attribution, timestamp };
    if (messageCount !== undefined) fields.messageCount = messageCount;
    if (traceId !== undefined) fields.traceId = traceId;
    return fields;
  }

  #end(told: CallResult, missing: UsageMissingReason | null): EndFields {
    this.#ended = true;
    const result = this.#parts?.result(told) ?? told;
    const { correlationId, provider, model, operation, attribution, messageCount, traceId } = this.#fields;
    const usage = this.#parts?.usageFields() ?? usageFields(this.ports.priceBook, this.#fields, result, missing);
    const end: Writable<EndFields> = {
      correlationId,
      provider,
      operation,
      attribution,
      timestamp: this.ports.clock.wallTime(),
      model: model === UNKNOWN_MODEL ? (result.responseModel ?? UNKNOWN_MODEL) : model,
      startedAsModel: this.#startedAsModel,
      duration: this.#elapsed(),
      finishReasons: result.finishReasons ?? [],
      responseModel: result.responseModel ?? null,
      serviceTier: result.serviceTier ?? null,
      promptTokens: usage.promptTokens,
      completionTokens: usage.completionTokens,
      totalTokens: usage.totalTokens,
      tokenDetails: usage.tokenDetails,
      usageEstimated: usage.usageEstimated,
      usageMissing: usage.usageMissing,
      costUsd: usage.costUsd,
      unpriced: usage.unpriced,
    };
    if (usage.cacheSavedUsd !== undefined) end.cacheSavedUsd = usage.cacheSavedUsd;
    if (messageCount !== undefined) end.messageCount = messageCount;
    if (traceId !== undefined) end.traceId = traceId;
    return end;
  }

  #streamEnd(end: EndFields): StreamEndFields {
    return Object.assign(end, {
      timeToFirstToken: this.#firstTokenMs,
      timePerOutputToken: timePerOutputToken(end.duration, this.#firstTokenMs, end.completionTokens),
    });
  }
}
