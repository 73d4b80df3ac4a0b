import { NO_RESPONSE, type ToldAttempt } from '../../call/attempt.js';
import type { ErrorType } from '../../call/errorType.js';
import type { CallStatus } from '../../call/status.js';
import { TOKEN_DETAILS } from '../../call/usage.js';
import type {
  AIEvent,
  CallFields,
  EndFields,
  EventMetrics,
  StreamEndFields,
  UsageFields,
} from '../../monitor/events.js';
import type { Unidentified, UnreadEvent } from '../../monitor/unreadEvent.js';
import type { CallIndex } from './CallIndex.js';
import type { CallSeries } from './CallSeries.js';
import type { ModelSeries } from './ModelSeries.js';

/** An event in either form: no metric has a correlation id. */
export type CountedEvent = AIEvent | UnreadEvent;

/** Adds one event to the series of its call. */
export function recordEvent(index: CallIndex, event: CountedEvent, onUnknown: (event: never) => void): void {
  switch (event[0]) {
    case 'ai_request_start':
      recordStart(index.of(event[1]), false);
      break;
    case 'ai_stream_start':
      recordStart(index.of(event[1]), true);
      break;
    case 'ai_stream_first_token':
      recordFirstToken(index.of(event[1]), event[1]);
      break;
    case 'ai_attempt':
      recordAttempt(index, event[1]);
      break;
    case 'ai_request_complete':
      recordEnd(index, event[1], 'success');
      break;
    case 'ai_request_error':
      recordEnd(index, event[1], 'error', event[1].errorType);
      break;
    case 'ai_request_aborted':
      recordEnd(index, event[1], 'aborted', 'aborted');
      break;
    case 'ai_stream_complete':
      recordStreamEnd(index, event[1], 'success_stream');
      break;
    case 'ai_stream_error':
      recordStreamEnd(index, event[1], 'error_stream', event[1].errorType);
      break;
    case 'ai_stream_aborted':
      recordStreamEnd(index, event[1], 'aborted_stream', 'aborted');
      break;
    default:
      // Fails to compile when an event has no case above; at run time an application may send any.
      onUnknown(event);
  }
}

function recordStart({ ofOperation }: CallSeries, streaming: boolean): void {
  ofOperation.begin(streaming);
  ofOperation.inFlight.add(1);
}

/** Here alone, though the event that ends the stream tells it again: twice would double the histogram. */
function recordFirstToken(
  { ofOperation }: CallSeries,
  first: Unidentified<EventMetrics['ai_stream_first_token']>,
): void {
  // Perhaps of a model that only the answer told.
  ofOperation.begin(true);
  ofOperation.firstToken().observe(first.timeToFirstToken, first.traceId, first.timestamp);
}

function recordAttempt(index: CallIndex, attempt: Unidentified<CallFields & ToldAttempt>): void {
  const { ofModel } = index.of(attempt);
  const { httpStatus, retryReason, lostMs, rateLimits } = attempt;
  ofModel.attempts(httpStatus === undefined ? NO_RESPONSE : index.httpStatus(httpStatus)).add();
  if (retryReason !== undefined) {
    ofModel.retries(retryReason).add();
    if (lostMs !== undefined) ofModel.retryLost(retryReason).add(lostMs);
  }
  if (rateLimits !== undefined) index.tellRateLimits(ofModel, rateLimits);
}

function recordStreamEnd(
  index: CallIndex,
  end: Unidentified<StreamEndFields>,
  status: CallStatus,
  errorType?: ErrorType,
): void {
  const { ofOperation } = recordEnd(index, end, status, errorType);
  if (end.timePerOutputToken === null) return;
  ofOperation.timePerOutputToken().observe(end.timePerOutputToken, end.traceId, end.timestamp);
}

function recordEnd(
  index: CallIndex,
  end: Unidentified<EndFields>,
  status: CallStatus,
  errorType?: ErrorType,
): CallSeries {
  const call = index.ofEnd(end);
  const { ofModel, ofOperation } = call;
  const started = end.startedAsModel === end.model ? call : index.of({ ...end, model: end.startedAsModel });
  started.ofOperation.inFlight.add(-1);
  if (started !== call) ofOperation.begin(status.endsWith('_stream'));
  call.requests[status].add();
  ofOperation.duration(status).observe(end.duration, end.traceId, end.timestamp);
  if (errorType !== undefined) ofOperation.errors[errorType].add();
  for (const reason of end.finishReasons) ofModel.finish[reason].add();
  recordTokens(call, end);
  recordCost(call, ofModel, end);
  return call;
}

function recordTokens({ tokens, ofModel }: CallSeries, usage: UsageFields): void {
  if (usage.promptTokens !== null) tokens.prompt.add(usage.promptTokens);
  if (usage.completionTokens !== null) tokens.completion.add(usage.completionTokens);
  if (usage.totalTokens !== null) tokens.total.add(usage.totalTokens);
  for (const detail of TOKEN_DETAILS) {
    const count = usage.tokenDetails[detail];
    if (count !== undefined) ofModel.tokenDetails[detail].add(count);
  }
  if (usage.usageEstimated) ofModel.usageEstimated.add();
  if (usage.usageMissing !== null) ofModel.usageMissing[usage.usageMissing].add();
}

function recordCost({ cost }: CallSeries, { unpriced, cacheSaved }: ModelSeries, usage: UsageFields): void {
  if (usage.unpriced) unpriced.add();
  if (usage.cacheSavedUsd !== undefined) cacheSaved.add(usage.cacheSavedUsd);
  if (usage.costUsd !== null) {
    cost.add(usage.costUsd);
    cost.exported = true;
  } else if (usage.unpriced && cost.value === 0) {
    cost.exported = false;
  }
}
