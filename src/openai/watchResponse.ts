import { tieCorrelationId } from '../monitor/correlationIds.js';
import { AnswerWatch } from './AnswerWatch.js';
import { replaceWays } from './bodyWays.js';
import { EventWays } from './EventWays.js';
import type { MeasuredCall } from './MeasuredCall.js';
import type { SdkAnswer } from './seam.js';
import type { Bytes } from './streamWays.js';
import { watchForeignResponse } from './watchForeignResponse.js';
import { WholeWays } from './WholeWays.js';

/**
 * Has the call end with what becomes of this answer's body. The response stays the same object with the same url,
 * headers and class; only its ways to the body are replaced on the instance. Nothing is read that the caller does not
 * read, and nothing twice.
 */
export function watchResponse({ response, controller, options }: SdkAnswer, measured: MeasuredCall): void {
  const watch = new AnswerWatch(measured, { controller, options });
  tieCorrelationId(response, measured.call.correlationId);
  // The SDK's stream is made later and has this controller; an answer that comes whole is tied itself.
  if (measured.call.streaming) tieCorrelationId(controller, measured.call.correlationId);
  const { body, headers, status } = response;
  // The SDK takes none of these bodies, so that their end would never be seen.
  if (body === null || status === 204 || headers.get('content-length') === '0') watch.whole(undefined);
  else if (body instanceof ReadableStream) watchWebResponse(response, body, watch, measured.call.streaming);
  else watchForeignResponse(response, watch);
}

function watchWebResponse(response: Response, body: Bytes, watch: AnswerWatch, streaming: boolean): void {
  const isJson = /\bjson\b/i.test(response.headers.get('content-type') ?? '');
  const ways =
    streaming && !isJson ? new EventWays(response, body, watch) : new WholeWays(response, body, watch, isJson);
  replaceWays(response, ways);
}
