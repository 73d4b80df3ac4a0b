import { expectsUsage } from '../call/operation.js';
import type { AIEvent, EndFields, ErrorFields } from './events.js';

/** The event that begins a call. */
export type CallStart = Extract<AIEvent, ['ai_request_start' | 'ai_stream_start', unknown]>;

/**
 * The end of a call whose process died: what its client saw is a connection that broke. The process's clock died with it,
 * so the duration is told by wall time.
 * @param now milliseconds since 1970
 */
export function lostCall([name, start]: CallStart, now: number): AIEvent {
  const streaming = name === 'ai_stream_start';
  const errorType = streaming ? 'stream_interrupted' : 'connection';
  const end: EndFields & ErrorFields = {
    ...start,
    timestamp: now,
    startedAsModel: start.model,
    duration: Math.max(0, now - start.timestamp),
    finishReasons: [],
    responseModel: null,
    serviceTier: null,
    promptTokens: null,
    completionTokens: null,
    totalTokens: null,
    tokenDetails: {},
    usageEstimated: false,
    usageMissing: streaming && expectsUsage(start.operation) ? 'stream_interrupted' : null,
    costUsd: null,
    unpriced: false,
    errorType,
    errorName: 'Error',
    errorMessage: errorType,
    httpStatus: null,
  };
  if (!streaming) return ['ai_request_error', end];
  return ['ai_stream_error', { ...end, timeToFirstToken: null, timePerOutputToken: null }];
}
