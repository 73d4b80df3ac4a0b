import { UNKNOWN_MODEL, type CallFailure, type CallResult } from '../call/call.js';
import type { UsageMissingReason } from '../call/usage.js';
import type { PriceBook } from '../pricing/PriceBook.js';
import type { KnownFields } from './callFields.js';
import type { EndFields, ErrorFields, StreamEndFields, UsageFields } from './events.js';
import { usageFields } from './usageFields.js';
import type { Unidentified } from './unreadEvent.js';
import type { Writable } from './Writable.js';

/** What is known when a call has ended: all that its last event is put together from. */
export interface End {
  readonly known: KnownFields;
  readonly startedAsModel: string;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  /** Milliseconds since the call began. */
  readonly duration: number;
  readonly result: CallResult;
  /** Why usage is unknown, where the result has none and should. */
  readonly missing: UsageMissingReason | null;
  /** The sum of a call's parts, which counts in place of the result's usage. */
  readonly parts: UsageFields | undefined;
}

/** The model that was asked for, else the one that answered. */
export function modelOf({ known, result }: Pick<End, 'known' | 'result'>): string {
  return known.model === UNKNOWN_MODEL ? (result.responseModel ?? UNKNOWN_MODEL) : known.model;
}

/** What the event that ends the call tells, its cost included. */
export function endFields(call: End, book: PriceBook | undefined): Unidentified<EndFields> {
  const { known, result, timestamp, parts } = call;
  const usage = parts ?? usageFields(book, { provider: known.provider, model: known.model, at: timestamp }, call);
  const { provider, operation, attribution, messageCount, traceId } = known;
  const end: Writable<Unidentified<EndFields>> = {
    provider,
    operation,
    attribution,
    timestamp,
    model: modelOf(call),
    startedAsModel: call.startedAsModel,
    duration: call.duration,
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

export function streamEndFields(
  end: Unidentified<EndFields>,
  firstTokenMs: number | null,
): Unidentified<StreamEndFields> {
  return Object.assign(end, {
    timeToFirstToken: firstTokenMs,
    timePerOutputToken: timePerOutputToken(end.duration, firstTokenMs, end.completionTokens),
  });
}

/** (duration - first token) / (completion tokens - 1), in milliseconds; null when there were not two tokens. */
function timePerOutputToken(duration: number, firstTokenMs: number | null, tokens: number | null): number | null {
  if (firstTokenMs === null || tokens === null || tokens < 2) return null;
  return Math.max(0, duration - firstTokenMs) / (tokens - 1);
}

/** What is told of a failure, with nothing in it that the upstream said. */
export function errorFields({ errorType, errorName, httpStatus }: CallFailure): ErrorFields {
  return {
    errorType,
    errorName: errorName ?? 'Error',
    errorMessage: httpStatus === undefined ? errorType : `HTTP ${httpStatus}: ${errorType}`,
    httpStatus: httpStatus ?? null,
  };
}
