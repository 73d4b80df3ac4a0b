import { tieCorrelationId } from '../monitor/correlationIds.js';
import { AnswerWatch } from './AnswerWatch.js';
import type { MeasuredCall } from './MeasuredCall.js';
import type { SdkAnswer } from './seam.js';
import { watchForeignResponse } from './watchForeignResponse.js';
import { watchedEvents, watchedWhole, type WholeOptions } from './watchedStream.js';

/** Ends calls whose answer the application dropped unread. What is registered must not lead back to the stream. */
const dropped = new FinalizationRegistry<AnswerWatch>((watch) => {
  watch.left([]);
});

/**
 * Has the call end with what becomes of this answer's body. The response stays the same object with the same url,
 * headers and class; only its ways to the body are replaced on the instance. Nothing is read that the caller does not
 * read, and nothing twice.
 */
export function watchResponse({ response, ...answer }: SdkAnswer, measured: MeasuredCall): void {
  const watch = new AnswerWatch(measured, answer);
  tieCorrelationId(response, measured.call.correlationId);
  // The SDK's stream is made later and has this controller.
  tieCorrelationId(answer.controller, measured.call.correlationId);
  const { body, headers, status } = response;
  // The SDK takes none of these bodies, so that their end would never be seen.
  if (body === null || status === 204 || headers.get('content-length') === '0') watch.whole(undefined);
  else if (body instanceof ReadableStream) watchWebResponse(response, body, watch, measured.call.streaming);
  else watchForeignResponse(response, watch);
}

function watchWebResponse(
  response: Response,
  body: ReadableStream<Uint8Array>,
  watch: AnswerWatch,
  streaming: boolean,
): void {
  const { status, statusText, headers } = response;
  const isJson = /\bjson\b/i.test(headers.get('content-type') ?? '');
  const isEvents = streaming && !isJson;
  const options: WholeOptions = { atEnd: isJson ? 'parse' : 'nothing known' };
  const stream = isEvents ? watchedEvents(body, watch) : watchedWhole(body, watch, options);
  const inner = new Response(stream, { status, statusText, headers });
  dropped.register(stream, watch);

  /** Tells of the value that `read` brings, so that it need not be parsed from the bytes a second time. */
  const telling = async <T>(read: () => Promise<T>, tell: (taken: T) => void): Promise<T> => {
    if (isEvents || inner.bodyUsed || inner.body?.locked === true) return await read();
    options.atEnd = 'told by the reader';
    try {
      const taken = await read();
      tell(taken);
      return taken;
    } catch (error) {
      watch.unreadable(error);
      throw error;
    }
  };
  const json = (): Promise<unknown> => inner.json() as Promise<unknown>;
  const tellText = (text: string): void => (isJson ? watch.json(text) : watch.whole(undefined));

  replace(response, {
    body: { get: () => inner.body },
    bodyUsed: { get: () => inner.bodyUsed },
    json: { value: () => telling(json, (value) => watch.whole(value)) },
    text: { value: () => telling(() => inner.text(), tellText) },
    arrayBuffer: { value: () => inner.arrayBuffer() },
    blob: { value: () => inner.blob() },
    formData: { value: () => inner.formData() },
    ...('bytes' in response ? { bytes: { value: async () => new Uint8Array(await inner.arrayBuffer()) } } : {}),
    clone: { value: () => cloneOf(inner, response) },
  });
}

/** A copy made by way of the watched body has to be given what a new response does not know. */
function cloneOf(inner: Response, { url, redirected, type }: Response): Response {
  return replace(inner.clone(), { url: { value: url }, redirected: { value: redirected }, type: { value: type } });
}

function replace(response: Response, properties: PropertyDescriptorMap): Response {
  for (const [name, descriptor] of Object.entries(properties)) {
    Object.defineProperty(response, name, {
      ...descriptor,
      configurable: true,
      ...('value' in descriptor ? { writable: true } : {}),
    });
  }
  return response;
}
