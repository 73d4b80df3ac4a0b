import { Given } from '../monitor/Given.js';
import { inFront } from './inFront.js';

export type Bytes = ReadableStream<Uint8Array>;

/** The ways to what is in a stream, in place of the stream's own. */
export interface StreamWays {
  readonly locked: boolean;
  /** These two are undefined when the way is that of the others. */
  iterate(): AsyncIterator<Uint8Array> | undefined;
  reader(): ReadableStreamDefaultReader<Uint8Array> | undefined;
  /** What leads to all the others; undefined when the stream's own do. */
  others(): Bytes | undefined;
}

const putInFront = inFront(prototypeOver);

class WithWays extends Given {
  #ways: StreamWays;

  constructor(stream: Bytes, ways: StreamWays) {
    super(stream);
    this.#ways = ways;
  }

  static set(stream: Bytes, ways: StreamWays): void {
    if (#ways in stream) stream.#ways = ways;
    else new WithWays(stream, ways);
  }

  static of(stream: object): StreamWays | undefined {
    return #ways in stream ? stream.#ways : undefined;
  }
}

/**
 * Has every way to what is in this stream lead where `ways` do, with the stream the same object of the same class. To
 * make another stream in its place costs as much as to measure all of its events.
 */
export function replaceStreamWays(stream: Bytes, ways: StreamWays): void {
  WithWays.set(stream, ways);
  putInFront(stream);
}

function prototypeOver(own: object): object {
  const callOwn = (on: object, name: PropertyKey, args: unknown[]): unknown => {
    const method: unknown = Reflect.get(own, name);
    return typeof method === 'function' ? (Reflect.apply(method, on, args) as unknown) : undefined;
  };
  const method = (value: (this: object, ...args: never[]) => unknown): PropertyDescriptor => ({
    enumerable: true,
    configurable: true,
    writable: true,
    value,
  });
  const iterate = (name: PropertyKey): PropertyDescriptor =>
    method(function (options?: unknown) {
      const ways = WithWays.of(this);
      return ways?.iterate() ?? callOwn(ways?.others() ?? this, name, [options]);
    });
  const other = (name: string): PropertyDescriptor =>
    method(function (...args: unknown[]) {
      return callOwn(WithWays.of(this)?.others() ?? this, name, args);
    });
  return Object.create(own, {
    locked: {
      enumerable: true,
      configurable: true,
      get(this: object): unknown {
        return WithWays.of(this)?.locked ?? Reflect.get(own, 'locked', this);
      },
    },
    values: iterate('values'),
    [Symbol.asyncIterator]: { ...iterate(Symbol.asyncIterator), enumerable: false },
    cancel: other('cancel'),
    getReader: method(function (options?: unknown) {
      const ways = WithWays.of(this);
      return ways?.reader() ?? callOwn(ways?.others() ?? this, 'getReader', [options]);
    }),
    pipeThrough: other('pipeThrough'),
    pipeTo: other('pipeTo'),
    tee: other('tee'),
  }) as object;
}
