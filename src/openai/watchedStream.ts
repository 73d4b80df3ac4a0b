import type { AnswerWatch } from './AnswerWatch.js';
import type { AnswerBody } from './AnswerReader.js';
import type { Bytes } from './streamWays.js';

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
