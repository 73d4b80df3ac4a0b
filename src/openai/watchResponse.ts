import { tieCorrelationId } from '../monitor/correlationIds.js';
import type { AnswerWatch } from './AnswerWatch.js';
import { replaceWays } from './bodyWays.js';
import { EventWays } from './EventWays.js';
import type { MeasuredCall } from './MeasuredCall.js';
import type { SdkAnswer } from './seam.js';
import { watchForeignResponse } from './watchForeignResponse.js';
import { WholeWays } from './WholeWays.js';

/**
 * Has the call end with what becomes of this answer's body. The response stays the same object with the same url,
 * headers and class; only its ways to the body are replaced on the instance. Nothing is read that the caller does not
 * read, and nothing twice.
 */
export function watchResponse({ response, controller }: SdkAnswer, watch: AnswerWatch, { call }: MeasuredCall): void {
  // The SDK's stream is made later and has this controller; an answer that comes whole is tied itself.
  if (call.streaming) tieCorrelationId(controller, call.correlationId);
  const { body, headers } = response;
  // The SDK takes no such body, so that its end would never be seen.
  if (body === null || headers.get('content-length') === '0') watch.whole(undefined);
  else if (body instanceof ReadableStream) {
    const isJson = /\bjson\b/i.test(headers.get('content-type') ?? '');
    const ways =
      call.streaming && !isJson ? new EventWays(response, body, watch) : new WholeWays(response, body, watch, isJson);
    replaceWays(response, ways);
  } else watchForeignResponse(response, watch);
}
