import type { AnswerWatch } from './AnswerWatch.js';
import { replaceWays } from './bodyWays.js';
import { EventWays } from './EventWays.js';
import { watchForeignResponse } from './watchForeignResponse.js';
import { WholeWays } from './WholeWays.js';

/**
 * Has the call end with what becomes of this response's body. It stays the same object with the same url, headers and
 * class; only its ways to the body are replaced on the instance. Nothing is read that the caller does not read, and
 * nothing twice.
 */
export function watchResponse(response: Response, watch: AnswerWatch, streaming: boolean): void {
  const { body, headers } = response;
  if (!(body instanceof ReadableStream)) {
    watchForeignResponse(response, watch);
    return;
  }
  const isJson = /\bjson\b/i.test(headers.get('content-type') ?? '');
  const ways =
    streaming && !isJson ? new EventWays(response, body, watch) : new WholeWays(response, body, watch, isJson);
  replaceWays(response, ways);
}
