import { tieCorrelationId } from '../monitor/correlationIds.js';
import { AnswerWatch } from './AnswerWatch.js';
import { replaceWays } from './bodyWays.js';
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
  // The SDK's stream is made later and has this controller; an answer that comes whole is tied itself.
  if (measured.call.streaming) tieCorrelationId(answer.controller, measured.call.correlationId);
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
  const isJson = /\bjson\b/i.test(response.headers.get('content-type') ?? '');
  if (streaming && !isJson) watchEvents(response, body, watch);
  else watchWhole(response, body, watch, isJson);
}

/** From here on it is the stream that the application has to drop. */
function watchedBody(response: Response, stream: ReadableStream<Uint8Array>): Response {
  const type = response.headers.get('content-type');
  return new Response(stream, type === null ? {} : { headers: { 'content-type': type } });
}

/** A stream is read by the SDK past any response, so that one is made only for somebody who asks for another way. */
function watchEvents(response: Response, body: ReadableStream<Uint8Array>, watch: AnswerWatch): void {
  const { stream, isUsed } = watchedEvents(body, watch);
  dropped.register(stream, watch);
  let made: Response | undefined;
  const inner = (): Response => (made ??= isUsed() || stream.locked ? spent() : watchedBody(response, stream));
  replaceWays(response, {
    body: () => (made === undefined ? stream : made.body),
    bodyUsed: () => isUsed() || made?.bodyUsed === true,
    json: () => inner().json(),
    text: () => inner().text(),
    others: inner,
    clone: (from) => cloneOf(from, response),
  });
}

/** What fails as a response does whose body was read. */
function spent(): Response {
  const response = new Response('');
  void response.text();
  return response;
}

/**
 * An answer that comes whole is read by the response's own `json()` or `text()`, which is what the SDK does; only for
 * somebody who takes another way is there a stream of our own between.
 */
function watchWhole(response: Response, body: ReadableStream<Uint8Array>, watch: AnswerWatch, isJson: boolean): void {
  dropped.register(response, watch, watch);
  const options: WholeOptions = { atEnd: 'read', isJson };
  const bare = { json: response.json.bind(response), text: response.text.bind(response) };
  let direct = false;
  let inner: Response | undefined;
  const taken = (): Response => {
    if (inner !== undefined) return inner;
    const stream = watchedWhole(body, watch, options);
    dropped.unregister(watch);
    dropped.register(stream, watch, watch);
    return (inner = watchedBody(response, stream));
  };

  /** Tells of the value that `read` brings, so that it need not be parsed from the bytes a second time. */
  const telling = async <T>(name: 'json' | 'text', tell: (taken: T) => void): Promise<T> => {
    const read = (): Promise<T> => (inner === undefined ? bare[name]() : inner[name]()) as Promise<T>;
    if (direct || inner?.bodyUsed === true || inner?.body?.locked === true) return await read();
    if (inner === undefined) {
      direct = true;
      // What is being read ends by itself, whether or not anybody still has the response.
      dropped.unregister(watch);
    }
    options.atEnd = 'told by the reader';
    try {
      const value = await read();
      tell(value);
      return value;
    } catch (error) {
      if (direct && !(error instanceof SyntaxError)) watch.bodyFailed(error);
      else watch.unreadable(error);
      throw error;
    }
  };

  const isUsed = readerOf(response, 'bodyUsed');
  replaceWays(response, {
    body: () => (direct ? body : taken().body),
    bodyUsed: () => (inner === undefined ? isUsed() : inner.bodyUsed),
    json: () => telling('json', (value: unknown) => watch.whole(value)),
    text: () => telling('text', (text: string) => (isJson ? watch.json(text) : watch.text(text))),
    others: () => (direct ? undefined : taken()),
    clone: (from) => cloneOf(from, response),
  });
}

/** Reads a property of a response past what stands in front of its class by then. */
function readerOf(response: Response, name: 'bodyUsed'): () => boolean {
  const own: unknown = Object.getPrototypeOf(response);
  return () => typeof own === 'object' && own !== null && Reflect.get(own, name, response) === true;
}

/** A copy made by way of the watched body has to be given what a new response does not know. */
function cloneOf(inner: Response, { url, redirected, type, status, statusText, headers }: Response): Response {
  const clone = new Response(inner.clone().body, { status, statusText, headers });
  for (const [name, value] of Object.entries({ url, redirected, type })) {
    Object.defineProperty(clone, name, { value, configurable: true });
  }
  return clone;
}
