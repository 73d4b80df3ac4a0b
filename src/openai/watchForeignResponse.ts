import { asRecord } from '../call/guards.js';
import type { AnswerWatch } from './AnswerWatch.js';
import { parseJson } from './parseJson.js';
import { SseParser } from './sse.js';

type AsyncMethod = (...args: unknown[]) => Promise<unknown>;

/**
 * The same for a response that is not of the platform's fetch (node-fetch, a test's stand-in): its body is something
 * to iterate over, or there are only methods. Injected usage stays in such a stream.
 */
export function watchForeignResponse(response: object, watch: AnswerWatch): void {
  const body = asRecord(Reflect.get(response, 'body'));
  const iterate: unknown = body === undefined ? undefined : Reflect.get(body, Symbol.asyncIterator);
  if (body !== undefined && typeof iterate === 'function') {
    define(body, Symbol.asyncIterator, () => watchedIterator(iterate.call(body) as AsyncIterable<unknown>, watch));
  }
  replaceMethod(response, 'json', (value) => watch.whole(value));
  replaceMethod(response, 'text', (text) => {
    const value = parseJson(String(text));
    if (value === undefined) watch.text(String(text));
    else watch.whole(value);
  });
  for (const method of ['arrayBuffer', 'blob', 'buffer', 'bytes']) {
    replaceMethod(response, method, () => watch.whole(undefined));
  }

  function replaceMethod(owner: object, name: string, tell: (value: unknown) => void): void {
    const original: unknown = Reflect.get(owner, name);
    if (typeof original !== 'function') return;
    const method = original as AsyncMethod;
    define(owner, name, async (...args: unknown[]) => {
      try {
        const value = await method.apply(owner, args);
        tell(value);
        return value;
      } catch (error) {
        watch.bodyFailed(error);
        throw error;
      }
    });
  }
}

async function* watchedIterator(source: AsyncIterable<unknown>, watch: AnswerWatch): AsyncGenerator {
  const parser = new SseParser();
  let whole = false;
  let failed = false;
  try {
    for await (const chunk of source) {
      const bytes = chunk instanceof Uint8Array ? chunk : new TextEncoder().encode(String(chunk));
      parser.push(bytes).forEach((event) => watch.event(event));
      yield chunk;
    }
    whole = true;
  } catch (error) {
    failed = true;
    watch.streamFailed(error);
    throw error;
  } finally {
    if (whole) watch.streamEnded();
    else if (!failed) watch.left([]);
  }
}

function define(owner: object, name: PropertyKey, value: unknown): void {
  Object.defineProperty(owner, name, { value, configurable: true, writable: true });
}
