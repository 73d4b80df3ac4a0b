import { Given } from '../monitor/Given.js';
import { inFront } from './inFront.js';

/** The ways to the body of a response. `undefined` stands for the response's own. */
export interface BodyWays {
  body(): ReadableStream<Uint8Array> | null;
  bodyUsed(): boolean;
  json(): Promise<unknown>;
  text(): Promise<string>;
  /** What leads to all the others; undefined when the response's own do. */
  others(): Response | undefined;
  /** A copy of the response made by way of `others`. */
  clone(from: Response): Response;
}

const putInFront = inFront(prototypeOver);

class WithWays extends Given {
  #ways: BodyWays;

  constructor(response: Response, ways: BodyWays) {
    super(response);
    this.#ways = ways;
  }

  static set(response: Response, ways: BodyWays): void {
    if (#ways in response) response.#ways = ways;
    else new WithWays(response, ways);
  }

  static of(response: object): BodyWays | undefined {
    return #ways in response ? response.#ways : undefined;
  }
}

/** The ways to the body of this response, where they were replaced. */
export function waysTo(response: Response): BodyWays | undefined {
  return WithWays.of(response);
}

/** Has every way to the body of this response lead where `ways` do, with the response the same object of the same class. */
export function replaceWays(response: Response, ways: BodyWays): void {
  WithWays.set(response, ways);
  putInFront(response);
}

function prototypeOver(own: object): object {
  const call = (response: object, name: string): unknown => {
    const method: unknown = Reflect.get(own, name);
    return typeof method === 'function' ? (Reflect.apply(method, response, []) as unknown) : undefined;
  };
  const getter = (name: 'body' | 'bodyUsed'): PropertyDescriptor => ({
    enumerable: true,
    configurable: true,
    get(this: object): unknown {
      const ways = WithWays.of(this);
      return ways === undefined ? Reflect.get(own, name, this) : ways[name]();
    },
  });
  const method = (name: string, take: (ways: BodyWays, response: object) => unknown): PropertyDescriptor => ({
    enumerable: true,
    configurable: true,
    writable: true,
    value(this: object): unknown {
      const ways = WithWays.of(this);
      return ways === undefined ? call(this, name) : take(ways, this);
    },
  });
  const other = (name: string, take: (from: Response) => unknown): PropertyDescriptor =>
    method(name, (ways, response) => {
      const from = ways.others();
      return from === undefined ? call(response, name) : take(from);
    });
  return Object.create(own, {
    body: getter('body'),
    bodyUsed: getter('bodyUsed'),
    json: method('json', (ways) => ways.json()),
    text: method('text', (ways) => ways.text()),
    arrayBuffer: other('arrayBuffer', (from) => from.arrayBuffer()),
    blob: other('blob', (from) => from.blob()),
    formData: other('formData', (from) => from.formData()),
    ...('bytes' in own ? { bytes: other('bytes', async (from) => new Uint8Array(await from.arrayBuffer())) } : {}),
    clone: method('clone', (ways, response) => {
      const from = ways.others();
      return from === undefined ? call(response, 'clone') : ways.clone(from);
    }),
  }) as object;
}
