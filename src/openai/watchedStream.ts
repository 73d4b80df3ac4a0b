import type { AnswerWatch } from './AnswerWatch.js';
import type { AnswerBody } from './AnswerReader.js';
import { EventFeed } from './EventFeed.js';
import { EventIterator } from './EventIterator.js';
import { endWithGarbage } from './unread.js';

type Bytes = ReadableStream<Uint8Array>;

/** A stream of events that is watched, and whether somebody has begun to take it or given it up. */
export interface WatchedEvents {
  readonly stream: Bytes;
  readonly isUsed: () => boolean;
}

/**
 * The body of a stream of events, one event at a time and only as fast as the reader takes them, so that breaking off
 * after an event means that no later one was taken. Nothing is read before the first `read()`.
 */
export function watchedEvents(source: Bytes, watch: AnswerWatch): WatchedEvents {
  const feed = new EventFeed(source, watch);
  let controller!: ReadableStreamDefaultController<Uint8Array>;
  let isIterated = false;
  const failed = (error: unknown): never => {
    feed.fail(error);
    throw error;
  };
  const stream = new ReadableStream<Uint8Array>(
    {
      start(own) {
        controller = own;
      },
      async pull(own) {
        for (;;) {
          const bytes = feed.poll();
          if (bytes !== undefined) {
            own.enqueue(bytes);
            return;
          }
          if (feed.ended) {
            feed.finish();
            own.close();
            return;
          }
          feed.take(await feed.read().catch(failed));
        }
      },
      cancel: (reason) => feed.cancel(reason),
    },
    { highWaterMark: 0 },
  );
  const iterate = (options?: { readonly preventCancel?: boolean }): AsyncIterator<Uint8Array> => {
    const iterator = new EventIterator(stream, controller, feed, options?.preventCancel === true);
    isIterated = true;
    return iterator;
  };
  for (const name of ['values', Symbol.asyncIterator]) {
    Object.defineProperty(stream, name, { value: iterate, configurable: true, writable: true });
  }
  endWithGarbage(stream, watch);
  return { stream, isUsed: () => isIterated || feed.isUsed };
}

/** What a body that comes whole is to be read for. */
export interface WholeOptions {
  /** Where the answer's value comes from once its last byte is taken: from the bytes, or from whoever reads them. */
  atEnd: 'read' | 'told by the reader';
  readonly isJson: boolean;
}

/** The body of an answer that comes whole, passed on as it is taken. Nothing is read before the first `read()`. */
export function watchedWhole(source: Bytes, watch: AnswerWatch, options: WholeOptions): Bytes {
  const pull = lazyReader(source);
  let body: AnswerBody | undefined;
  let begun = false;
  return new ReadableStream<Uint8Array>({
    type: 'bytes',
    async pull(controller) {
      const chunk = await pull.read((error) => watch.bodyFailed(error));
      if (chunk === undefined) {
        if (options.atEnd === 'read') watch.taken(body);
        controller.close();
        endByobRead(controller);
        return;
      }
      if (options.atEnd === 'read') {
        if (!begun) body = watch.body(options.isJson);
        begun = true;
        // The caller gets other bytes, which it may write to.
        body?.push(chunk);
      }
      if (chunk.length > 0) controller.enqueue(new Uint8Array(chunk));
    },
    cancel(reason) {
      watch.left([]);
      return pull.cancel(reason);
    },
  });
}

/** A reader that brought its own buffer waits until it is told that nothing goes into it. */
function endByobRead(controller: object): void {
  const request: unknown = Reflect.get(controller, 'byobRequest');
  if (request instanceof ReadableStreamBYOBRequest) request.respond(0);
}

interface LazyReader {
  /** The next chunk, or undefined at the end. Tells of a failure before throwing it on. */
  read(onFailure: (error: unknown) => void): Promise<Uint8Array | undefined>;
  cancel(reason: unknown): Promise<void>;
}

function lazyReader(source: Bytes): LazyReader {
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  return {
    async read(onFailure) {
      try {
        reader ??= source.getReader();
        const { value } = await reader.read();
        return value;
      } catch (error) {
        onFailure(error);
        throw error;
      }
    },
    cancel: (reason) => (reader ?? source).cancel(reason),
  };
}
